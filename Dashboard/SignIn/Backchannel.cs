using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// The provider's metadata names its public addresses. Where it is reached by another one from inside, server-to-server calls go there.
/// </summary>
internal sealed class Backchannel(IOptions<SignInOptions> options) : DelegatingHandler
{
    public const string ClientName = "identity-provider";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.Value.BackchannelAddress is { } inside && request.RequestUri is { } address
            && Origin(address) == Origin(new Uri(options.Value.Authority)))
        {
            request.RequestUri = new Uri(Origin(new Uri(inside)) + address.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
