namespace TraceDemo.ServiceDefaults.Caching;

internal sealed class MapEntry<TValue>(string key, TValue value, DateTimeOffset expires)
{
    public string Key { get; } = key;

    public TValue Value { get; } = value;

    public DateTimeOffset Expires { get; } = expires;

    public string? Owner { get; init; }

    public long Weight { get; init; }

    /// <summary>Distinguishes the entry from earlier ones with its key.</summary>
    public long Number { get; set; }

    /// <summary>Where it stands in its owner's share.</summary>
    public LinkedListNode<MapEntry<TValue>>? Place { get; set; }
}
