using System.Diagnostics;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>A client and its secret, as which tokens are asked for (RFC 6749 §2.3.1). It prints as the client id alone.</summary>
/// <param name="client">The OAuth client.</param>
/// <param name="secret">Its secret.</param>
[DebuggerDisplay("{Client}")]
public sealed class ClientCredential(ClientId client, string secret)
{
    /// <summary>The OAuth client.</summary>
    public ClientId Client { get; } = client;

    internal string Secret { get; } = secret;

    /// <summary>The client id.</summary>
    public override string ToString() => Client.Value;
}
