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
    private readonly ExpiringMap<bool> _told;
    private readonly PendingEndings _pending;

    public GatewaySession(TicketStore tickets, IHttpClientFactory clients, TimeProvider time, ILogger<GatewaySession> logger)
    {
        _clients = clients;
        _time = time;
        _logger = logger;
        _pending = new PendingEndings("gateway", PendingEndings.MaxPending, time, logger);
        _told = new ExpiringMap<bool>(new MapBounds { Entries = PendingEndings.MaxPending }, time);
        tickets.OnEnded(ticket =>
        {
            if (Find(ticket.Properties) is { } ending)
            {
                _pending.Add(ending);
            }
        });
    }

    /// <summary>Returns when the gateway has accepted it, or after <see cref="SignOutTimeout"/>; then it
    /// is retried in the background until the token expires.</summary>
    public async Task EndAsync(AuthenticationProperties session)
    {
        if (Find(session) is not { } ending || await NotifyAsync(ending, CancellationToken.None))
        {
            return;
        }

        _pending.Add(ending);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _pending.RunAsync(NotifyAsync, stoppingToken);

    /// <summary>The token to report with; null if it is useless by now, or being reported already.</summary>
    private Ending? Find(AuthenticationProperties session)
    {
        if (session.GetTokenValue("access_token") is not { Length: > 0 } raw
            || !DateTimeOffset.TryParse(session.GetTokenValue("expires_at"), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var expires)
            || expires <= _time.GetUtcNow())
        {
            return null;
        }

        return _told.TryAdd(new AccessToken(raw).Hash, true, _time.GetUtcNow() + ReportedLifetime) ? new Ending(raw, expires) : null;
    }

    private async Task<bool> NotifyAsync(Ending ending, CancellationToken stopping)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(SignOutTimeout);
        try
        {
            var gateway = new GatewayClient(_clients.CreateClient(nameof(GatewayClient)));
            if (await gateway.EndSessionAsync(new AccessToken(ending.Proof), timeout.Token) is not { } status)
            {
                return true;
            }

            if (ending.IsFirstFailure())
            {
                LogNotTold(status.ToString(CultureInfo.InvariantCulture));
            }
            return false;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Any exception: others wait to be reported.
            if (ending.IsFirstFailure())
            {
                LogNotTold(failure.GetType().Name);
            }
            return false;
        }
    }

    [LoggerMessage(EventName = "sign_out.gateway_not_told", Level = LogLevel.Warning,
        Message = "The end of a session was not reported to the gateway: {Reason}")]
    private partial void LogNotTold(string reason);
}
