using System.Buffers;
using System.IO.Compression;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>The bytes of one request's body, decompressed and never more than allowed. Its buffer goes back to the pool.</summary>
internal sealed class OtlpBody : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
    private int _length;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Null when the body is larger than allowed, as sent or after decompression.</summary>
    public static async Task<OtlpBody?> ReadAsync(HttpRequest request, bool gzip, OtlpOptions limits, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limits.MaxBodyBytes) { return null; }
        var body = new OtlpBody();
        var complete = false;
        try
        {
            await using var content = gzip ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : request.Body;
            complete = await body.FillAsync(content, gzip ? limits.MaxInflatedBytes : limits.MaxBodyBytes, cancellationToken);
            return complete ? body : null;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        finally
        {
            if (!complete) { body.Dispose(); }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private async Task<bool> FillAsync(Stream content, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length) { Grow(); }
            var read = await content.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (read == 0) { return true; }
            _length += read;
            if (_length > limit) { return false; }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
