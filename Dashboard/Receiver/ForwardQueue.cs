using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// Trace messages that wait to be forwarded to another OTLP endpoint. It holds a bounded number of bytes and never makes the receiver wait:
/// while the endpoint is slow or unreachable, messages are dropped and counted.
/// </summary>
internal sealed class ForwardQueue
{
    /// <summary>Bytes of all messages that wait, and of the one that is being sent.</summary>
    public const int MaxBytes = 4 << 20;

    // What a message costs beside its bytes: the array's header and its slot. Without it small messages would add up beyond the bound.
    private const int Overhead = 32;

    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();
    private volatile FrozenSet<string> _senders = [];
    private volatile bool _closed;
    private long _bytes;
    private long _dropped;

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Messages that found no room, or whose resources do not name their sender alone.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public int Count => _messages.Reader.Count;

    public bool IsClosed => _closed;

    /// <summary>From now on the messages of these senders are kept; those of others never are.</summary>
    public void Open(IEnumerable<string> senders) => _senders = senders.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Takes no further message. Those inside can still be read.</summary>
    public void Close()
    {
        _closed = true;
        _senders = [];
        _messages.Writer.TryComplete();
    }

    /// <summary>Copies the message, if it is one to forward: the buffer it stands in is used again for the next request.</summary>
    public void Offer(Sender sender, ReadOnlySpan<byte> message)
    {
        if (sender.Service is not { } service || !_senders.Contains(service)) { return; }
        if (!ResourceNames.AreAll(service, message))
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        var size = Size(message.Length);
        if (Interlocked.Add(ref _bytes, size) <= MaxBytes && _messages.Writer.TryWrite(message.ToArray())) { return; }
        Interlocked.Add(ref _bytes, -size);
        Interlocked.Increment(ref _dropped);
    }

    /// <summary>Each message counts until the next one is asked for. Ends when the queue is closed and empty.</summary>
    public async IAsyncEnumerable<byte[]> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            yield return message;
            Interlocked.Add(ref _bytes, -Size(message.Length));
        }
    }

    private static long Size(int length) => length + Overhead;
}
