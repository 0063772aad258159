using System.IO.Pipelines;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>
/// Sends a growing trace as server-sent events. A slow reader receives fewer versions and does not use more memory: all streams of a
/// viewer share the bytes, the next part is copied after the previous one was read, and at its end the stream is closed.
/// </summary>
internal sealed class LiveStream(LiveTraces traces, People people, TicketStore tickets, IOptions<StreamOptions> options, TimeProvider time)
{
    private const int PartBytes = 16 * 1024;

    // Some senders deliver seconds late, so a trace that seems complete is watched a little longer.
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(8);
    private static readonly byte[] Done = "event: done\ndata: \n\n"u8.ToArray();

    public async Task SendAsync(TraceId id, HttpContext context)
    {
        using var timeout = new CancellationTokenSource(options.Value.Duration, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        // Tells the browser that it is connected, although there may be no event for a while.
        await response.BodyWriter.FlushAsync(context.RequestAborted);
        var live = traces.Open(id, people.Viewer(context.User));
        try
        {
            await FollowAsync(live, context, linked.Token);
            await response.BodyWriter.WriteAsync(Done, context.RequestAborted);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // The reader did not receive everything before the end.
            context.Abort();
        }
        finally
        {
            traces.Close(live);
        }
    }

    private async Task FollowAsync(LiveTrace live, HttpContext context, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LiveTrace.Interval, time);
        byte[]? sent = null;
        do
        {
            var (fragment, isLatest) = await live.LatestAsync();
            if (fragment is { Seen: > 0 } && fragment.Event != sent)
            {
                sent = fragment.Event;
                await WriteAsync(context.Response.BodyWriter, sent, cancellationToken);
            }

            if (isLatest && fragment is not null && time.GetUtcNow() - fragment.Version.LastReceived > QuietPeriod)
            {
                return;
            }
        }
        while (await IsSignedInAsync(context) && await NextAsync(timer, cancellationToken));
    }

    private static async Task WriteAsync(PipeWriter body, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(PartBytes, bytes.Length)..])
        {
            await body.WriteAsync(bytes[..Math.Min(PartBytes, bytes.Length)], cancellationToken);
        }
    }

    /// <summary>Stops when the person signs out meanwhile.</summary>
    private async Task<bool> IsSignedInAsync(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties is { } session
        && TicketStore.KeyOf(session) is { } key && await tickets.RetrieveAsync(key) is not null;

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
