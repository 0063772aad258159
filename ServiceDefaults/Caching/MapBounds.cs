namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>How much an <see cref="ExpiringMap{TValue}"/> holds; what is not said has no bound.</summary>
public sealed record MapBounds
{
    /// <summary>Entries of all owners, and of none.</summary>
    public int Entries { get; init; } = int.MaxValue;

    /// <summary>The weight of all of them.</summary>
    public long Weight { get; init; } = long.MaxValue;

    /// <summary>Entries of one owner.</summary>
    public int EntriesPerOwner { get; init; } = int.MaxValue;

    /// <summary>The weight of one owner's entries.</summary>
    public long WeightPerOwner { get; init; } = long.MaxValue;

    /// <summary>What an owner's share does with one entry too many.</summary>
    public FullShare WhenShareFull { get; init; } = FullShare.DropsOldest;
}
