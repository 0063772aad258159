using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// How senders describe themselves, each description kept once: it comes with every message and is the same for all that a process sends.
/// Bounded by itself, so that no span need pay for what it shares: of a service's descriptions the one that came longest ago is forgotten for
/// a new one, by the spans that hold it too.
/// </summary>
internal sealed class ResourcePool
{
    public const int MaxServices = 64;
    public const int MaxPerService = 16;
    public const int MaxCharacters = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<Resource>> _known = new(StringComparer.Ordinal);

    /// <summary>The description as one object for all that bears it; null where there is no room for it.</summary>
    public Resource? Get(string service, Tag[] attributes)
    {
        if (attributes.Length == 0) { return Resource.None; }
        if (attributes.Sum(attribute => attribute.Key.Length + attribute.Value.Length) > MaxCharacters) { return null; }

        lock (_gate)
        {
            if (!_known.TryGetValue(service, out var known))
            {
                if (_known.Count == MaxServices) { return null; }
                _known[service] = known = new();
            }

            return Use(known, attributes);
        }
    }

    /// <summary>The ones that came last stand first.</summary>
    private static Resource Use(LinkedList<Resource> known, Tag[] attributes)
    {
        for (var node = known.First; node is not null; node = node.Next)
        {
            if (!node.Value.Holds(attributes)) { continue; }
            known.Remove(node);
            known.AddFirst(node);
            return node.Value;
        }

        if (known.Count == MaxPerService)
        {
            known.Last!.Value.Forget();
            known.RemoveLast();
        }

        return known.AddFirst(new Resource(attributes)).Value;
    }
}
