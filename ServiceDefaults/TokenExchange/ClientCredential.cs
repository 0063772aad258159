using System.Diagnostics;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>The client and secret of a token request (RFC 6749 §2.3.1). Its string form is the client id only.</summary>
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
