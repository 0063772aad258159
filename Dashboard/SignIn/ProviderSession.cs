using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Ends the session at the provider server to server: a sign-out through the browser would put a token into an address, and from there
/// into histories, logs and spans.
/// </summary>
internal sealed partial class ProviderSession(Provider provider, IOptions<SignInOptions> options, ILogger<ProviderSession> logger)
{
    /// <summary>Signing out here goes on even if the provider does not answer: the session there then ends by its own time limit.</summary>
    public async Task EndAsync(string refreshToken, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = await provider.MetadataAsync(cancellationToken);
            using var client = provider.Client();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = options.Value.ClientId,
                ["client_secret"] = options.Value.ClientSecret,
                ["refresh_token"] = refreshToken,
            });
            using var response = await client.PostAsync(new Uri(metadata.EndSessionEndpoint), form, cancellationToken);
            if (!response.IsSuccessStatusCode) { LogNotEnded(((int)response.StatusCode).ToString()); }
        }
        catch (Exception unreachable) when (unreachable is ProviderUnavailableException or HttpRequestException or TaskCanceledException)
        {
            LogNotEnded(unreachable.GetType().Name);
        }
    }

    [LoggerMessage(EventName = "sign_out.session_not_ended", Level = LogLevel.Warning, Message = "The provider did not end the session: {Reason}")]
    private partial void LogNotEnded(string reason);
}
