using System.Globalization;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Ends the session at the provider, server to server: a sign-out through the browser would put a token into an address, and so
/// into histories, logs and spans.
/// </summary>
internal sealed partial class ProviderSession(
    IdentityProvider provider, IOptions<IdentityOptions> options, TimeProvider time, ILogger<ProviderSession> logger) : BackgroundService
{
    // By then the provider's own idle timeout has ended an unused session.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private readonly PendingReports _pending = new("provider", PendingReports.MaxPending, time, logger);

    /// <summary>Sign-out here succeeds even if the provider is unavailable: the report is retried in the background.</summary>
    /// <param name="refreshToken">Null if there is none: then nothing can be reported.</param>
    /// <param name="cancellationToken">Cancels the wait, not the report.</param>
    public async Task<ProviderEnd> EndAsync(string? refreshToken, CancellationToken cancellationToken)
    {
        if (refreshToken is null)
        {
            return ProviderEnd.Unconfirmed;
        }

        var report = new SessionEndReport(refreshToken, time.GetUtcNow() + Idle);
        var end = await NotifyAsync(report, cancellationToken);
        if (end == ProviderEnd.Pending)
        {
            _pending.Add(report);
        }
        return end;
    }

    /// <summary>True if the provider has ended the session.</summary>
    public async Task<bool> TryEndAsync(string refreshToken, CancellationToken cancellationToken) =>
        await NotifyAsync(new SessionEndReport(refreshToken, time.GetUtcNow()), cancellationToken) == ProviderEnd.Confirmed;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _pending.RunAsync(
            async (report, cancellationToken) => await NotifyAsync(report, cancellationToken) != ProviderEnd.Pending, stoppingToken);

    private async Task<ProviderEnd> NotifyAsync(SessionEndReport report, CancellationToken cancellationToken)
    {
        try
        {
            var metadata = await provider.MetadataAsync(cancellationToken) ?? throw ProviderUnavailableException.NoResponse;
            if (metadata.EndSessionEndpoint is not { } address)
            {
                if (report.IsFirstFailure())
                {
                    LogNotEnded("its metadata has no end_session_endpoint");
                }
                return ProviderEnd.Unconfirmed;
            }

            using var client = provider.CreateClient();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = options.Value.ClientId,
                ["client_secret"] = options.Value.ClientSecret,
                ["refresh_token"] = report.Proof,
            });
            using var response = await client.PostAsync(address, form, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return ProviderEnd.Confirmed;
            }

            if (report.IsFirstFailure())
            {
                LogNotEnded(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            }
            // The token was rejected: the session has ended already, or the token is not its latest. A retry gets the same response.
            return (int)response.StatusCode is 400 or 401 or 403 ? ProviderEnd.Unconfirmed : ProviderEnd.Pending;
        }
        catch (Exception failure)
        {
            // Any exception: the person is signed out here, and others wait to be reported.
            if (report.IsFirstFailure())
            {
                LogNotEnded(failure.GetType().Name);
            }
            return ProviderEnd.Pending;
        }
    }

    [LoggerMessage(EventName = "sign_out.session_not_ended", Level = LogLevel.Warning,
        Message = "The provider did not end the session: {Reason}")]
    private partial void LogNotEnded(string reason);
}
