namespace TraceDemo.Topology.Settings;

/// <summary>The names of the system's secrets. A deployment asks for each under its name, or makes one.</summary>
public static class SecretNames
{
    /// <summary>The key of the pseudonyms in telemetry, one for all services: else a person has several within one trace.</summary>
    public const string PseudonymKey = "pseudonym-key";

    /// <summary>The secret of an OAuth client, such as <c>gateway</c> or <c>agent-gpt4</c>.</summary>
    public static string Client(string clientId) => $"{clientId}-secret";

    /// <summary>The key with which a process sends telemetry as itself, and as nobody else.</summary>
    public static string OtlpKey(string sender) => $"{sender}-otlp-key";

    /// <summary>The password of a service's Redis user.</summary>
    public static string RedisPassword(string service) => $"{service}-redis-password";

    /// <summary>The key that seals what a service puts into Redis.</summary>
    public static string RedisKey(string service) => $"{service}-redis-key";
}
