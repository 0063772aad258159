using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// Resource descriptions, each stored once: every message of a process repeats the same one.
/// Bounded separately, so that no span is charged for shared data: if a service has too many, one that has not been received for some
/// minutes is discarded, also by the spans that refer to it. With more active processes than that, the latest ones are not stored.
/// </summary>
internal sealed class ResourcePool(TimeProvider time)
{
    public const int MaxServices = 64;
    public const int MaxPerService = 16;
    public const int MaxCharacters = 4096;

    /// <summary>A process that has not sent for this long has ended: running processes send
    /// spans of background work much more often.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Known>> _known = new(StringComparer.Ordinal);

    /// <summary>The description as one shared object; null if the pool is full.</summary>
    public Resource? Get(string service, Tag[] attributes)
    {
        if (attributes.Length == 0)
        {
            return Resource.None;
        }
        if (attributes.Sum(attribute => attribute.Key.Length + attribute.Value.Length) > MaxCharacters)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_known.TryGetValue(service, out var known))
            {
                if (_known.Count == MaxServices)
                {
                    return null;
                }
                _known[service] = known = new();
            }

            return Use(known, attributes);
        }
    }

    /// <summary>Sorted by last use, latest first.</summary>
    private Resource? Use(LinkedList<Known> known, Tag[] attributes)
    {
        var now = time.GetTimestamp();
        for (var node = known.First; node is not null; node = node.Next)
        {
            if (!node.Value.Resource.Holds(attributes))
            {
                continue;
            }
            known.Remove(node);
            return known.AddFirst(node.Value with { LastSeen = now }).Value.Resource;
        }

        if (known.Count == MaxPerService && known.Last is { Value: var longestIdle })
        {
            if (time.GetElapsedTime(longestIdle.LastSeen, now) < IdleTimeout)
            {
                return null;
            }
            longestIdle.Resource.Forget();
            known.RemoveLast();
        }

        return known.AddFirst(new Known(new Resource(attributes), now)).Value.Resource;
    }

    private readonly record struct Known(Resource Resource, long LastSeen);
}
