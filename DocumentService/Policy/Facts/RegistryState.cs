namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>An agent's state in the registry. The default is the most restrictive.</summary>
internal enum RegistryState
{
    /// <summary>The last response is too old.</summary>
    Unavailable,
    NotRegistered,
    Disabled,
    Enabled,
}
