using System.Buffers;
using System.IO.Compression;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// The bytes of one request's body, decompressed and bounded. Its buffer is as large as the received data, is reserved
/// before it is rented, and is returned to the pool.
/// </summary>
internal sealed class OtlpBody(MemoryBudget.Reservation reservation) : IDisposable
{
    private const int FirstBuffer = 4 * 1024;

    private byte[] _buffer = [];
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public async Task<BodyFault> ReadAsync(HttpRequest request, bool gzip, OtlpOptions limits, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limits.MaxBodyBytes)
        {
            return BodyFault.TooLarge;
        }
        try
        {
            await using var content = gzip ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : request.Body;
            return await FillAsync(content, gzip ? limits.MaxInflatedBytes : limits.MaxBodyBytes, cancellationToken);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return BodyFault.TooLarge;
        }
    }

    public void Dispose() => Replace([]);

    private async Task<BodyFault> FillAsync(Stream content, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length && !TryGrow())
            {
                return _length < limit ? BodyFault.Busy : BodyFault.TooLarge;
            }
            var read = await content.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (read == 0)
            {
                return BodyFault.None;
            }
            _length += read;
            if (_length > limit)
            {
                return BodyFault.TooLarge;
            }
        }
    }

    private bool TryGrow()
    {
        // Pool buffers have sizes of powers of two; while one is copied, both count.
        var size = Math.Max(FirstBuffer, _buffer.Length * 2);
        if (!reservation.TryTake(size))
        {
            return false;
        }
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        Replace(larger);
        return true;
    }

    private void Replace(byte[] buffer)
    {
        var old = _buffer;
        _buffer = buffer;
        if (old.Length == 0)
        {
            return;
        }
        ArrayPool<byte>.Shared.Return(old);
        reservation.Return(old.Length);
    }
}
