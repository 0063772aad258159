namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>What became of an entry that was to be added.</summary>
public enum Addition
{
    /// <summary>It is there now.</summary>
    Added,

    /// <summary>A valid entry has this key.</summary>
    KeyTaken,

    /// <summary>Its owner holds too many.</summary>
    ShareFull,
}
