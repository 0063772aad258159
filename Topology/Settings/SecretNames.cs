namespace TraceDemo.Topology.Settings;

/// <summary>The names of the system's secrets, under which a deployment prompts for or generates them.</summary>
public static class SecretNames
{
    /// <summary>The key of the pseudonyms in telemetry, the same for all services, so that a person has one pseudonym in a trace.</summary>
    public const string PseudonymKey = "pseudonym-key";

    /// <summary>The secret of an OAuth client, such as <c>gateway</c> or <c>agent-gpt4</c>.</summary>
    public static string Client(string clientId) => $"{clientId}-secret";

    /// <summary>The key that authenticates a process as a sender of telemetry.</summary>
    public static string OtlpKey(string sender) => $"{sender}-otlp-key";

    /// <summary>The password of a service's Redis user.</summary>
    public static string RedisPassword(string service) => $"{service}-redis-password";

    /// <summary>The key that encrypts a service's data in Redis.</summary>
    public static string RedisKey(string service) => $"{service}-redis-key";
}
