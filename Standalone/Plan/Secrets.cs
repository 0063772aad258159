using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using TraceDemo.Topology.Settings;

namespace TraceDemo.Standalone.Plan;

/// <summary>All secrets of one running system: generated at each start, passed only by environment, discarded at the end.</summary>
internal sealed class Secrets
{
    private readonly ConcurrentDictionary<string, string> _made = new(StringComparer.Ordinal);

    public string PseudonymKey => this[SecretNames.PseudonymKey];

    public string AdminPassword => this["keycloak-admin-password"];

    /// <summary>A secret by its name in <see cref="SecretNames"/>: 256 random bits, base64url.</summary>
    public string this[string name] => _made.GetOrAdd(name, _ => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <inheritdoc cref="SecretNames.Client"/>
    public string Client(string clientId) => this[SecretNames.Client(clientId)];

    /// <inheritdoc cref="SecretNames.OtlpKey"/>
    public string OtlpKey(string sender) => this[SecretNames.OtlpKey(sender)];

    /// <inheritdoc cref="SecretNames.RedisPassword"/>
    public string RedisPassword(string service) => this[SecretNames.RedisPassword(service)];
}
