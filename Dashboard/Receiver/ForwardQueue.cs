using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// Trace messages to be forwarded to another OTLP endpoint. Bounded in bytes; it never blocks the receiver:
/// while the endpoint is slow or unreachable, messages are dropped and counted.
/// </summary>
internal sealed class ForwardQueue
{
    /// <summary>Bytes of all queued messages, and of the one being sent.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // The overhead of a message: the array's header and its slot. Without it, many small messages would exceed the bound.
    private const int Overhead = 32;

    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();
    private volatile FrozenSet<string> _senders = [];
    private volatile bool _closed;
    private long _bytes;
    private long _dropped;

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Messages dropped because the queue was full, or because their resources do not name only their sender.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public int Count => _messages.Reader.Count;

    public bool IsClosed => _closed;

    /// <summary>Enables queueing for these senders; messages of others are never queued.</summary>
    public void Open(IEnumerable<string> senders) => _senders = senders.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Rejects further messages. Queued ones can still be read.</summary>
    public void Close()
    {
        _closed = true;
        _senders = [];
        _messages.Writer.TryComplete();
    }

    /// <summary>Copies the message if it is to be forwarded: its buffer is reused for the next request.</summary>
    public void Offer(Sender sender, ReadOnlySpan<byte> message)
    {
        if (sender.Service is not { } service || !_senders.Contains(service))
        {
            return;
        }
        if (!ResourceNames.AreAll(service, message))
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        var size = Size(message.Length);
        if (Interlocked.Add(ref _bytes, size) <= MaxBytes && _messages.Writer.TryWrite(message.ToArray()))
        {
            return;
        }
        Interlocked.Add(ref _bytes, -size);
        Interlocked.Increment(ref _dropped);
    }

    /// <summary>Each message counts until the next one is read. Ends when the queue is closed and empty.</summary>
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
