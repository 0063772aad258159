using TraceDemo.Topology.Services;

namespace TraceDemo.Topology.Settings;

/// <summary>The value of a setting. Each run mode resolves it to its own addresses and secrets.</summary>
public abstract record SettingValue
{
    private SettingValue()
    {
    }

    /// <summary>The same text in every run mode.</summary>
    public sealed record Text(string Value) : SettingValue;

    /// <summary>A secret, by its name in <see cref="SecretNames"/>.</summary>
    public sealed record Secret(string Name) : SettingValue;

    /// <summary>The address of a service for other processes of the system.</summary>
    public sealed record Address(Service Service) : SettingValue;

    /// <summary>The address of a service for a browser.</summary>
    public sealed record PublicAddress(Service Service) : SettingValue;

    /// <summary>The issuer in every token.</summary>
    public sealed record Issuer : SettingValue;

    /// <summary>The address where the Dashboard receives telemetry (OTLP over HTTP).</summary>
    public sealed record Receiver : SettingValue;

    /// <summary>The connection string of a service's own Redis user.</summary>
    public sealed record RedisConnection(Service Service) : SettingValue;

    /// <summary>The key that encrypts a service's data in Redis: 32 bytes in Base64.</summary>
    public sealed record RedisKey(Service Service) : SettingValue;
}
