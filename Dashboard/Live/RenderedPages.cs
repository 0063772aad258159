using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using TraceDemo.Dashboard.SignIn;

namespace TraceDemo.Dashboard.Live;

/// <summary>
/// A page is rendered in its person's turn and sent afterwards, so that slow reading does not block that person's other pages. For each
/// person a few rendered pages are buffered until they are read; without a free buffer, a page is sent within its turn.
/// </summary>
internal sealed class RenderedPages(People people) : IDisposable
{
    // A page has Waterfall.MaxRows rows of bounded size: some 25 MiB in the worst case of quotation marks only.
    public const int MaxPerPerson = 2;
    public const int MaxTotal = 8;

    private readonly PartitionedRateLimiter<HttpContext> _places = PartitionedRateLimiter.CreateChained(
        StreamLimits.Limiter<OneAtATimeAttribute>(context => people.Viewer(context.User).Pseudonym, MaxPerPerson, waiting: 0),
        StreamLimits.Limiter<OneAtATimeAttribute>(_ => "", MaxTotal, waiting: 0));

    /// <summary>Around the turn: sends the page that was rendered in it.</summary>
    public static async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OneAtATimeAttribute>() is null)
        {
            await next(context);
            return;
        }

        using var page = new HeldPage();
        context.Features.Set(page);
        await next(context);
        await page.CopyToAsync(context.Response.BodyWriter, context.RequestAborted);
    }

    /// <summary>Within the turn.</summary>
    public async Task RenderAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<HeldPage>() is not { } page || !page.TryTake(_places.AttemptAcquire(context)))
        {
            await next(context);
            return;
        }

        var connection = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var held = new StreamResponseBodyFeature(page.Content, connection);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(context);
            await held.CompleteAsync();
        }
        finally
        {
            context.Features.Set(connection);
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>In pooled memory that is returned as it is sent.</summary>
    private sealed class HeldPage : IDisposable
    {
        private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0));
        private RateLimitLease? _place;

        public Stream Content => _pipe.Writer.AsStream();

        public bool TryTake(RateLimitLease place)
        {
            if (place.IsAcquired)
            {
                _place = place;
            }
            else
            {
                place.Dispose();
            }
            return _place is not null;
        }

        public async Task CopyToAsync(PipeWriter connection, CancellationToken cancellationToken)
        {
            await _pipe.Writer.CompleteAsync();
            if (_place is not null)
            {
                await _pipe.Reader.CopyToAsync(connection, cancellationToken);
            }
        }

        public void Dispose()
        {
            _pipe.Writer.Complete();
            _pipe.Reader.Complete();
            _place?.Dispose();
        }
    }
}
