namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>How a full share handles one more entry.</summary>
public enum FullShare
{
    /// <summary>It is rejected: for entries whose loss would weaken security.</summary>
    Refuses,

    /// <summary>It evicts the owner's entry that was added or used least recently.</summary>
    DropsOldest,
}
