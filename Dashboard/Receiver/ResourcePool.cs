using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// How senders describe themselves, each description kept once: it comes with every message and is the same for all that a process sends.
/// Bounded by itself, and never emptied, so that no span need pay for what it shares: what is too large or too much is left out.
/// </summary>
internal sealed class ResourcePool
{
    public const int MaxServices = 64;
    public const int MaxPerService = 16;
    public const int MaxCharacters = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Tag[]>> _known = new(StringComparer.Ordinal);

    /// <summary>The description as one array for all that bears it; null where there is no room for it.</summary>
    public Tag[]? Get(string service, Tag[] attributes)
    {
        if (attributes.Length == 0) { return []; }
        if (attributes.Sum(attribute => attribute.Key.Length + attribute.Value.Length) > MaxCharacters) { return null; }

        lock (_gate)
        {
            if (!_known.TryGetValue(service, out var known))
            {
                if (_known.Count == MaxServices) { return null; }
                _known[service] = known = [];
            }

            if (known.Find(one => one.AsSpan().SequenceEqual(attributes)) is { } shared) { return shared; }
            if (known.Count == MaxPerService) { return null; }
            known.Add(attributes);
            return attributes;
        }
    }
}
