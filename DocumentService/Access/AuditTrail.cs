using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>One decision, with who asked for what. An audit names people: it is kept here, and goes into no trace, log or metric.</summary>
/// <param name="Person">The token's <c>sub</c>: a client's service account where nobody in person asked.</param>
/// <param name="Client">The OAuth client that acted.</param>
internal sealed record AuditEntry(
    DateTimeOffset Time, string? TraceId, string Person, string? UserName, string Client, DocumentId Document, AccessAction Action, Decision Decision);

/// <summary>The last decisions in memory, and all of them in a file where one is configured.</summary>
internal sealed class AuditTrail(IOptions<AuditOptions> options, ILogger<AuditTrail> logger) : BackgroundService
{
    private const int MaximumWaiting = 10_000;
    private static readonly byte[] LineEnd = [(byte)'\n'];

    private readonly Queue<AuditEntry> _latest = new();
    private readonly Lock _lock = new();
    private readonly Channel<AuditEntry> _unwritten = Channel.CreateBounded<AuditEntry>(MaximumWaiting);

    /// <summary>Newest first.</summary>
    public ImmutableArray<AuditEntry> Latest
    {
        get
        {
            lock (_lock)
                return [.. _latest.Reverse()];
        }
    }

    /// <summary>Waits when the file cannot keep up: a decision is rather late than off the record.</summary>
    public ValueTask AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _latest.Enqueue(entry);
            if (_latest.Count > options.Value.Capacity)
                _latest.Dequeue();
        }

        return options.Value.File is null ? ValueTask.CompletedTask : _unwritten.Writer.WriteAsync(entry, cancellationToken);
    }

    /// <summary>What is waiting is written before the service goes, as far as the host gives it time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _unwritten.Writer.TryComplete();
        if (ExecuteTask is { } writing)
            await Task.WhenAny(writing, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.File is not { } file)
            return;
        await using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 16 * 1024, useAsync: true);
        while (await _unwritten.Reader.WaitToReadAsync(stoppingToken))
        {
            try
            {
                await WriteWaitingAsync(stream, stoppingToken);
            }
            catch (IOException failure)
            {
                AccessLog.AuditWriteFailed(logger, failure);
            }
        }
    }

    private async Task WriteWaitingAsync(FileStream stream, CancellationToken cancellationToken)
    {
        while (_unwritten.Reader.TryRead(out var entry))
        {
            await JsonSerializer.SerializeAsync(stream, entry, JsonSerializerOptions.Web, cancellationToken);
            await stream.WriteAsync(LineEnd, cancellationToken);
        }

        await stream.FlushAsync(cancellationToken);
    }
}
