using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TraceDemo.Dashboard.Components;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>Renders a trace by the page's own component, as an event of bounded size.</summary>
internal sealed class FragmentRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>The largest event. A trace that needs more is cut here and says so; its page has more.</summary>
    public const int MaxBytes = 1 << 20;

    private long _renders;

    /// <summary>How often markup was made.</summary>
    public long Renders => Interlocked.Read(ref _renders);

    /// <param name="seen">The part of the trace that may be seen.</param>
    /// <param name="version">Of the whole trace.</param>
    /// <param name="rows">How many rows fitted last time: the next version is hardly smaller.</param>
    public async Task<Fragment> RenderAsync(TraceSnapshot seen, TraceVersion version, int rows)
    {
        while (true)
        {
            var bytes = await EventAsync(await MarkupAsync(seen, rows));
            if (bytes.Length <= MaxBytes || rows == 0) { return new Fragment(version, seen.Spans.Count + seen.Logs.Count, rows, bytes); }

            // At least by half, so that rows of most different sizes don't cost many attempts.
            rows = Math.Min(rows / 2, (int)((long)rows * MaxBytes / bytes.Length));
        }
    }

    // Components live as long as their renderer, so each rendering has its own.
    private async Task<string> MarkupAsync(TraceSnapshot seen, int rows)
    {
        Interlocked.Increment(ref _renders);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(TraceView.Trace)] = seen,
                [nameof(TraceView.MaxRows)] = rows,
            };
            return (await renderer.RenderComponentAsync<TraceView>(ParameterView.FromDictionary(parameters))).ToHtmlString();
        });
    }

    private static async Task<byte[]> EventAsync(string markup)
    {
        using var buffer = new MemoryStream();
        await SseFormatter.WriteAsync(new[] { new SseItem<string>(markup, "trace") }.ToAsyncEnumerable(), buffer);
        return buffer.ToArray();
    }
}
