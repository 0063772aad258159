using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Sends each request with an exchanged token; without a token the request is not sent.</summary>
internal sealed class TokenExchangeHandler(ITokenExchanger exchanger, IHttpContextAccessor accessor, ExchangePlan? defaultPlan)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var subject = accessor.HttpContext is { } context ? Caller.Find(context) : null;
        if (subject is null)
        {
            throw new InvalidOperationException("The request has no caller whose token could be exchanged.");
        }

        var plan = request.Options.TryGetValue(TokenExchangeRequestExtensions.Plan, out var own) ? own : defaultPlan;
        if (plan is null)
        {
            throw new InvalidOperationException("The request has no plan for the exchange of the caller's token.");
        }

        switch (await exchanger.ExchangeAsync(subject, plan, cancellationToken))
        {
            case ExchangeResult.Issued { Token: var token }:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token.Reveal());
                return await base.SendAsync(request, cancellationToken);
            case ExchangeResult.Refused refused:
                throw ExchangeProblem.Of(refused);
            default:
                throw new UnreachableException();
        }
    }
}
