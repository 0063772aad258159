namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>What an owner's share does with one entry too many.</summary>
public enum FullShare
{
    /// <summary>It is not taken: for entries whose loss would let something through.</summary>
    Refuses,

    /// <summary>The owner's entry that was added or used longest ago makes room.</summary>
    DropsOldest,
}
