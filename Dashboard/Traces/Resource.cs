namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The resource of a process. All its spans and logs share this one object, which is not counted for them, so it can be emptied when its
/// memory is needed.
/// </summary>
public sealed class Resource(Tag[] attributes)
{
    private volatile Tag[] _attributes = attributes;

    public static Resource None { get; } = new([]);

    /// <summary>Empty if there was no room for them, or is no longer.</summary>
    public IReadOnlyList<Tag> Attributes => _attributes;

    internal bool Holds(ReadOnlySpan<Tag> attributes) => attributes.SequenceEqual(_attributes);

    internal void Forget() => _attributes = [];
}
