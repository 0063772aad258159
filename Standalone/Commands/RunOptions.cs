using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Commands;

internal sealed record RunOptions
{
    public Verb Verb { get; init; }
    public int? PortBase { get; init; }
    public string? Keycloak { get; init; }
    public bool WithCommandLine { get; init; }
    public string? Redis { get; init; }

    /// <summary>The agent to add to a realm.</summary>
    public string? Agent { get; init; }

    public Uri Server { get; init; } = new("http://localhost:8080/");
    public string Realm { get; init; } = "tracedemo";

    public Ports Ports => PortBase is { } first ? Ports.From(first) : Ports.Default;
}
