using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.Dashboard.TryIt;
using TraceDemo.ServiceDefaults.Caching;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Reports to the gateway every session that a sign-out or the provider ended here: an access token is valid by itself until it expires.
/// Evicting an old ticket ends no session, and its tokens have never left the server. The token is the proof. It names
/// the session, so it need not be the latest one; and once it has expired, so have all earlier ones.
/// </summary>
internal sealed partial class GatewaySession : BackgroundService
{
    /// <summary>How long a sign-out waits for the gateway.</summary>
    public static readonly TimeSpan SignOutTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReportedLifetime = TimeSpan.FromMinutes(10);

    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewaySession> _logger;
    private readonly ExpiringMap<bool> _reported;
    private readonly PendingReports _pending;

    public GatewaySession(TicketStore tickets, IHttpClientFactory clients, TimeProvider time, ILogger<GatewaySession> logger)
    {
        _clients = clients;
        _time = time;
        _logger = logger;
        _pending = new PendingReports("gateway", PendingReports.MaxPending, time, logger);
        _reported = new ExpiringMap<bool>(new MapBounds { Entries = PendingReports.MaxPending }, time);
        tickets.Ended += ticket =>
        {
            if (Find(ticket.Properties) is { } report)
            {
                _pending.Add(report);
            }
        };
    }

    /// <summary>Returns when the gateway has accepted it, or after <see cref="SignOutTimeout"/>; then it
    /// is retried in the background until the token expires.</summary>
    public async Task EndAsync(AuthenticationProperties session)
    {
        if (Find(session) is not { } report || await NotifyAsync(report, CancellationToken.None))
        {
            return;
        }

        _pending.Add(report);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _pending.RunAsync(NotifyAsync, stoppingToken);

    /// <summary>The token to report with; null if it is useless by now, or being reported already.</summary>
    private SessionEndReport? Find(AuthenticationProperties session)
    {
        if (session.GetTokenValue("access_token") is not { Length: > 0 } raw
            || AccessTokenExpiry.Read(session) is not { } expires
            || expires <= _time.GetUtcNow())
        {
            return null;
        }

        return _reported.TryAdd(new AccessToken(raw).Hash, true, _time.GetUtcNow() + ReportedLifetime)
            ? new SessionEndReport(raw, expires)
            : null;
    }

    private async Task<bool> NotifyAsync(SessionEndReport report, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(SignOutTimeout);
        try
        {
            var gateway = new GatewayClient(_clients.CreateClient(nameof(GatewayClient)));
            if (await gateway.EndSessionAsync(new AccessToken(report.Proof), timeout.Token) is not { } status)
            {
                return true;
            }

            if (report.IsFirstFailure())
            {
                LogUnreported(status.ToString(CultureInfo.InvariantCulture));
            }
            return false;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Any exception: others wait to be reported.
            if (report.IsFirstFailure())
            {
                LogUnreported(failure.GetType().Name);
            }
            return false;
        }
    }

    [LoggerMessage(EventName = "sign_out.gateway_unreported", Level = LogLevel.Warning,
        Message = "The end of a session was not reported to the gateway: {Reason}")]
    private partial void LogUnreported(string reason);
}
