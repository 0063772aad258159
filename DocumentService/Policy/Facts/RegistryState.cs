namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>What the registry says about an agent. The default is the worst.</summary>
internal enum RegistryState
{
    /// <summary>Its last answer is too old to go by.</summary>
    Unavailable,
    NotRegistered,
    Disabled,
    Enabled,
}
