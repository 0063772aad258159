using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TraceDemo.Dashboard.Components;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Pages;

/// <summary>Sends a trace while it grows, rendered by the page's own component, with no more in it than the viewer may see.</summary>
internal sealed class LiveFragments(TraceQuery traces, People people, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Some senders deliver seconds late, so a trace that seems complete is watched a little longer.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<SseItem<string>> FollowAsync(TraceId id, HttpContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var renderer = new HtmlRenderer(context.RequestServices, loggers);
        using var timer = new PeriodicTimer(Interval, time);
        var viewer = people.Viewer(context.User);
        var (shown, since) = (0, time.GetTimestamp());
        do
        {
            var trace = traces.Find(id, viewer);
            var size = trace is null ? 0 : trace.Spans.Count + trace.Logs.Count;
            if (size > shown)
            {
                shown = size;
                yield return new SseItem<string>(await RenderAsync(renderer, trace!), "trace");
            }

            if (trace is not null && time.GetUtcNow() - trace.LastReceived > Quiet) { break; }
        }
        while (time.GetElapsedTime(since) < Longest && await timer.WaitForNextTickAsync(cancellationToken));

        yield return new SseItem<string>("", "done");
    }

    private static Task<string> RenderAsync(HtmlRenderer renderer, TraceSnapshot trace) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(TraceView.Trace)] = trace });
        return (await renderer.RenderComponentAsync<TraceView>(parameters)).ToHtmlString();
    });
}
