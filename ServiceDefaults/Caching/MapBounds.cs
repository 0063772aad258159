namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>The limits of an <see cref="ExpiringMap{TValue}"/>; an unset limit is unbounded.</summary>
public sealed record MapBounds
{
    /// <summary>Entries in total, with and without an owner.</summary>
    public int Entries { get; init; } = int.MaxValue;

    /// <summary>Weight in total.</summary>
    public long Weight { get; init; } = long.MaxValue;

    /// <summary>Entries of one owner.</summary>
    public int EntriesPerOwner { get; init; } = int.MaxValue;

    /// <summary>The weight of one owner's entries.</summary>
    public long WeightPerOwner { get; init; } = long.MaxValue;

    /// <summary>How a full share handles one more entry.</summary>
    public FullShare WhenShareFull { get; init; } = FullShare.DropsOldest;
}
