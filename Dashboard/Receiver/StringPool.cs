using System.Collections.Concurrent;
using System.Text;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>Keys and names repeat in every span: each is kept once. Bounded; what does not fit is a string of its own.</summary>
internal sealed class StringPool
{
    private const int MaxEntries = 8192;
    private const int MaxLength = 128;

    private readonly ConcurrentDictionary<string, string> _strings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public StringPool() => _lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength) { return Encoding.UTF8.GetString(utf8); }
        Span<char> buffer = stackalloc char[MaxLength];
        var text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        return _lookup.TryGetValue(text, out var pooled) ? pooled : Add(text.ToString());
    }

    private string Add(string text)
    {
        if (Volatile.Read(ref _count) < MaxEntries && _strings.TryAdd(text, text)) { Interlocked.Increment(ref _count); }
        return text;
    }
}
