namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// How a process describes itself. All its spans and logs hold this one object and pay for none of it, so it can be emptied when its
/// memory is needed for another.
/// </summary>
public sealed class Resource(Tag[] attributes)
{
    private volatile Tag[] _attributes = attributes;

    public static Resource None { get; } = new([]);

    /// <summary>None where there was no room for them, or no longer is.</summary>
    public IReadOnlyList<Tag> Attributes => _attributes;

    internal bool Holds(ReadOnlySpan<Tag> attributes) => attributes.SequenceEqual(_attributes);

    internal void Forget() => _attributes = [];
}
