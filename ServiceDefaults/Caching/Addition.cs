namespace TraceDemo.ServiceDefaults.Caching;

/// <summary>The outcome of adding an entry.</summary>
public enum Addition
{
    /// <summary>The entry was added.</summary>
    Added,

    /// <summary>A valid entry already has this key.</summary>
    KeyTaken,

    /// <summary>The owner's share is full.</summary>
    ShareFull,
}
