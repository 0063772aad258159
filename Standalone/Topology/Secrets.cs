using System.Buffers.Text;
using System.Security.Cryptography;

namespace TraceDemo.Standalone.Topology;

/// <summary>Everything secret in one running system: made at each start, handed on by environment only, forgotten at the end.</summary>
internal sealed class Secrets
{
    public static readonly IReadOnlyList<string> Agents = ["gpt4", "claude", "summarizer", "reviewer"];

    private readonly Dictionary<string, string> _clients = [];
    private readonly Dictionary<string, string> _otlpKeys = [];
    private readonly Dictionary<string, string> _redisPasswords = [];

    public string PseudonymKey { get; } = New();

    public string AdminPassword { get; } = New();

    /// <summary>The secret of an OAuth client, such as <c>gateway</c> or <c>agent-gpt4</c>.</summary>
    public string Client(string clientId) => OnePer(_clients, clientId);

    /// <summary>The key with which a service sends telemetry as itself, and as nobody else.</summary>
    public string OtlpKey(string service) => OnePer(_otlpKeys, service);

    /// <summary>The password of a service's Redis user.</summary>
    public string RedisPassword(string service) => OnePer(_redisPasswords, service);

    private static string OnePer(Dictionary<string, string> secrets, string name)
    {
        lock (secrets)
        {
            if (!secrets.TryGetValue(name, out var secret))
                secrets[name] = secret = New();
            return secret;
        }
    }

    private static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
