using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// How senders describe themselves, each description kept once: it comes with every message and is the same for all that a process sends.
/// Bounded by itself, so that no span need pay for what it shares: of a service's descriptions one that has not come for some minutes is
/// forgotten for a new one, by the spans that hold it too. While more processes than that send, the ones that came last go without.
/// </summary>
internal sealed class ResourcePool(TimeProvider time)
{
    public const int MaxServices = 64;
    public const int MaxPerService = 16;
    public const int MaxCharacters = 4096;

    /// <summary>Who has not sent for so long has ended: processes that run send
    /// the spans of their background work much more often.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<Known>> _known = new(StringComparer.Ordinal);

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
    private Resource? Use(LinkedList<Known> known, Tag[] attributes)
    {
        var now = time.GetTimestamp();
        for (var node = known.First; node is not null; node = node.Next)
        {
            if (!node.Value.Resource.Holds(attributes)) { continue; }
            known.Remove(node);
            return known.AddFirst(node.Value with { LastCame = now }).Value.Resource;
        }

        if (known.Count == MaxPerService && known.Last is { Value: var longestSilent })
        {
            if (time.GetElapsedTime(longestSilent.LastCame, now) < Silence) { return null; }
            longestSilent.Resource.Forget();
            known.RemoveLast();
        }

        return known.AddFirst(new Known(new Resource(attributes), now)).Value.Resource;
    }

    private readonly record struct Known(Resource Resource, long LastCame);
}
