using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Runs a request through the pipeline and reports a failure as a problem.</summary>
internal sealed class ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(ServicePipeline.Repeatable, request.Method == HttpMethod.Get || request.Method == HttpMethod.Head);
            return await pipeline.ExecuteAsync(
                static async (context, state) => await state.Handler.SendOnceAsync(state.Request, context.CancellationToken),
                context,
                (Handler: this, Request: request));
        }
        catch (TimeoutRejectedException)
        {
            throw new ProblemException(ReasonCode.UpstreamTimeout, "An upstream service did not respond in time; try again in a moment.");
        }
        catch (Exception exception) when (exception is HttpRequestException or BrokenCircuitException)
        {
            throw new ProblemException(ReasonCode.UpstreamUnavailable, "An upstream service is unavailable; /health shows which.");
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);
}
