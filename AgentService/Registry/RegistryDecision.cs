namespace TraceDemo.AgentService.Registry;

/// <summary>A decision about one agent. Its version is one higher than that of the
/// decision it replaces, so that the later of two wins.</summary>
internal sealed record RegistryDecision(bool Enabled, long Version)
{
    /// <summary>Two concurrent decisions have the same version: on a tie, disabling wins.</summary>
    public static RegistryDecision LaterOf(RegistryDecision one, RegistryDecision other) =>
        one.Version != other.Version ? (one.Version > other.Version ? one : other) : (one.Enabled ? other : one);
}
