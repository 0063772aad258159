namespace TraceDemo.AgentService.Registry;

/// <summary>What was decided about one agent. Each decision counts one higher than the
/// one it was made over, so that of two the later is known.</summary>
internal sealed record RegistryDecision(bool Enabled, long Version)
{
    /// <summary>Two that were made at once, over the same one, have the same version: then whoever disabled prevails.</summary>
    public static RegistryDecision LaterOf(RegistryDecision one, RegistryDecision other) =>
        one.Version != other.Version ? (one.Version > other.Version ? one : other) : (one.Enabled ? other : one);
}
