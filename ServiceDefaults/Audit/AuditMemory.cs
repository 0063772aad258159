namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>The latest entries. When there are too many, the oldest entry of the
/// person with the most is evicted, so that nobody can evict the entries of others.</summary>
internal sealed class AuditMemory(int capacity)
{
    private readonly Dictionary<string, Queue<(long Number, AuditEntry Entry)>> _byPerson = new(StringComparer.Ordinal);
    private long _number;
    private int _count;

    /// <summary>Newest first.</summary>
    public IEnumerable<AuditEntry> All =>
        _byPerson.Values.SelectMany(entries => entries).OrderByDescending(entry => entry.Number).Select(entry => entry.Entry);

    public void Add(AuditEntry entry)
    {
        var person = entry.Person ?? "";
        if (!_byPerson.TryGetValue(person, out var own))
        {
            _byPerson.Add(person, own = new());
        }

        own.Enqueue((_number++, entry));
        if (_count < capacity)
        {
            _count++;
            return;
        }

        var (most, entries) = _byPerson.MaxBy(other => (other.Value.Count, -other.Value.Peek().Number));
        entries.Dequeue();
        if (entries.Count == 0)
        {
            _byPerson.Remove(most);
        }
    }
}
