using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TraceDemo.Dashboard.Components;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>Renders a trace by the page's own component, as an event of bounded size.</summary>
internal sealed class FragmentRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>The maximum event size. A larger trace is truncated here and marked; its page shows more.</summary>
    public const int MaxBytes = 1024 * 1024;

    private long _renders;

    /// <summary>The number of renderings.</summary>
    public long Renders => Interlocked.Read(ref _renders);

    /// <param name="seen">The visible part of the trace.</param>
    /// <param name="version">The version of the whole trace.</param>
    /// <param name="rows">The number of rows that fit last time: the next version is rarely smaller.</param>
    public async Task<Fragment> RenderAsync(TraceSnapshot seen, TraceVersion version, int rows)
    {
        while (true)
        {
            var bytes = await EventAsync(await MarkupAsync(seen, rows));
            if (bytes.Length <= MaxBytes || rows == 0)
            {
                return new Fragment(version, seen.Spans.Count + seen.Logs.Count, rows, bytes);
            }

            // At least by half, so that rows of very different sizes do not cost many attempts.
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
