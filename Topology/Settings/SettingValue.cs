using TraceDemo.Topology.Services;

namespace TraceDemo.Topology.Settings;

/// <summary>What a setting holds. Each run mode knows its own addresses and secrets, so it decides what these stand for.</summary>
public abstract record SettingValue
{
    private SettingValue()
    {
    }

    /// <summary>The same text in every run mode.</summary>
    public sealed record Text(string Value) : SettingValue;

    /// <summary>A secret, by its name in <see cref="SecretNames"/>.</summary>
    public sealed record Secret(string Name) : SettingValue;

    /// <summary>Where other processes of the system reach a service.</summary>
    public sealed record Address(Service Service) : SettingValue;

    /// <summary>Where a browser reaches a service.</summary>
    public sealed record PublicAddress(Service Service) : SettingValue;

    /// <summary>The issuer in every token.</summary>
    public sealed record Issuer : SettingValue;

    /// <summary>Where the Dashboard receives telemetry (OTLP over HTTP).</summary>
    public sealed record Receiver : SettingValue;

    /// <summary>The connection string of a service's own Redis user.</summary>
    public sealed record RedisConnection(Service Service) : SettingValue;

    /// <summary>The key that seals what a service puts into Redis: 32 bytes in Base64.</summary>
    public sealed record RedisKey(Service Service) : SettingValue;
}
