using System.Diagnostics;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TokenExchange;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace TraceDemo.Gateway.Routing;

/// <summary>
/// Forwards each request with a token for its service only: the route's cluster is the audience, and metadata <c>Scope</c> is the requested
/// scope. A request without such a token is answered here and not forwarded.
/// </summary>
internal sealed class ExchangeTransform(ITokenExchanger exchanger) : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context)
    {
        if (string.IsNullOrEmpty(context.Route.ClusterId))
        {
            context.Errors.Add(new InvalidOperationException(
                $"Route '{context.Route.RouteId}' names no cluster, so the audience of its tokens is unknown."));
        }
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        var scopes = context.Route.Metadata?.GetValueOrDefault("Scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var plan = ExchangePlan.For(context.Route.Service(), scopes);
        context.AddRequestTransform(transform => ExchangeAsync(transform, plan));
    }

    private async ValueTask ExchangeAsync(RequestTransformContext transform, ExchangePlan plan)
    {
        var http = transform.HttpContext;
        var outgoing = transform.ProxyRequest.Headers;
        outgoing.Authorization = null;
        outgoing.Remove("Cookie");

        var subject = Caller.Find(http) ?? throw new InvalidOperationException("A request without a caller reached the proxy.");
        switch (await exchanger.ExchangeAsync(subject, plan, http.RequestAborted))
        {
            case ExchangeResult.Issued { Token: var token }:
                outgoing.Authorization = new("Bearer", token.Token.Reveal());
                break;
            case ExchangeResult.Refused refused:
                var problem = ExchangeProblem.Of(refused);
                await Problem.WriteAsync(http, problem.Reason, problem.Message, problem.Extensions);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
