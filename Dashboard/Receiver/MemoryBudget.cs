using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>Bytes of all requests in progress, in total and per sender: large or slow
/// requests of one sender do not use another's share.</summary>
internal sealed class MemoryBudget(IOptions<OtlpOptions> options)
{
    private readonly long _max = options.Value.MaxBytesInFlight;
    private readonly long _maxOfSender = options.Value.MaxBytesInFlightOfSender;
    private readonly ConcurrentDictionary<string, Account> _senders = new(StringComparer.Ordinal);
    private readonly Account _all = new();

    public Reservation Begin(Sender sender) => new(this, _senders.GetOrAdd(sender.Service ?? "", _ => new Account()));

    internal sealed class Account
    {
        private long _bytes;

        public bool TryTake(long bytes, long max)
        {
            for (var taken = Volatile.Read(ref _bytes); taken + bytes <= max;)
            {
                var seen = Interlocked.CompareExchange(ref _bytes, taken + bytes, taken);
                if (seen == taken)
                {
                    return true;
                }
                taken = seen;
            }

            return false;
        }

        public void Return(long bytes) => Interlocked.Add(ref _bytes, -bytes);
    }

    /// <summary>The bytes of one request, reserved as they arrive, never ahead.</summary>
    public sealed class Reservation : IDisposable
    {
        private readonly MemoryBudget _budget;
        private readonly Account _sender;
        private long _bytes;

        internal Reservation(MemoryBudget budget, Account sender)
        {
            _budget = budget;
            _sender = sender;
        }

        public bool TryTake(long bytes)
        {
            if (!_sender.TryTake(bytes, _budget._maxOfSender))
            {
                return false;
            }
            if (!_budget._all.TryTake(bytes, _budget._max))
            {
                _sender.Return(bytes);
                return false;
            }

            _bytes += bytes;
            return true;
        }

        public void Return(long bytes)
        {
            _sender.Return(bytes);
            _budget._all.Return(bytes);
            _bytes -= bytes;
        }

        public void Dispose() => Return(_bytes);
    }
}
