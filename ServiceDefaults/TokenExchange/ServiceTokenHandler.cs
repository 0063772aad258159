using System.Net.Http.Headers;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

internal sealed class ServiceTokenHandler(ServiceTokens tokens, string scope) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(scope, cancellationToken)
            ?? throw new ProblemException(
                ReasonCode.IdentityProviderUnavailable, "The identity provider is unavailable; try again in a moment.");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.Unauthorized)
        {
            tokens.Invalidate(scope);
        }

        return response;
    }
}
