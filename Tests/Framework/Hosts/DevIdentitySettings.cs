using System.Text.Json.Nodes;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>The settings of a test's provider. The default is the shipped realm on a free port, with the system's clock.</summary>
internal sealed record DevIdentitySettings
{
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public string Environment { get; init; } = "Development";
    public string Urls { get; init; } = "http://127.0.0.1:0";
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>();

    /// <summary>Changes the realm before it is read.</summary>
    public Action<JsonObject>? Realm { get; init; }
}
