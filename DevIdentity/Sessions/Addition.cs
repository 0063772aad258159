namespace TraceDemo.DevIdentity.Sessions;

/// <summary>What became of an entry that was to be added.</summary>
internal enum Addition
{
    Added,

    /// <summary>A valid entry has this key.</summary>
    KeyTaken,

    /// <summary>Its owner holds too many.</summary>
    ShareFull,
}
