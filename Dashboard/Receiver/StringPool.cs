using System.Text;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// Interns recent names and values, most of which repeat. Each text has one slot, which a new one replaces, so that a flood
/// of unique texts neither grows the pool beyond a MiB nor blocks it. The store still counts pooled texts in full, because it is
/// unknown which span holds the last reference.
/// </summary>
internal sealed class StringPool
{
    private const int Slots = 1 << 12;
    private const int MaxBytes = 128;

    private readonly string?[] _slots = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }
        Span<char> buffer = stackalloc char[MaxBytes];
        var text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (Vocabulary.TryGet(text, out var word))
        {
            return word;
        }
        ref var slot = ref _slots[string.GetHashCode(text, StringComparison.Ordinal) & (Slots - 1)];
        var pooled = Volatile.Read(ref slot);
        if (pooled is null || !text.SequenceEqual(pooled))
        {
            Volatile.Write(ref slot, pooled = text.ToString());
        }
        return pooled;
    }
}
