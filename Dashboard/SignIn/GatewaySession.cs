using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.Dashboard.TryIt;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Tells the gateway of every session that has ended here, however it did: an access token is good by itself until it expires. The token is
/// the proof. It names the session, so it does not matter whether it is the latest one; and once it has expired, so has each before it.
/// </summary>
internal sealed partial class GatewaySession : BackgroundService
{
    /// <summary>How long a sign-out waits for the gateway.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewaySession> _logger;
    private readonly MemoryCache _told = new(new MemoryCacheOptions { SizeLimit = TicketStore.MaxTickets });

    // As many as there can be tickets; what is pushed out is the oldest, which expires first.
    private readonly Channel<Ending> _waiting =
        Channel.CreateBounded<Ending>(new BoundedChannelOptions(TicketStore.MaxTickets) { FullMode = BoundedChannelFullMode.DropOldest });

    public GatewaySession(TicketStore tickets, IHttpClientFactory clients, TimeProvider time, ILogger<GatewaySession> logger)
    {
        (_clients, _time, _logger) = (clients, time, logger);
        tickets.OnEnded(ticket =>
        {
            if (Find(ticket.Properties) is { } ending) { _waiting.Writer.TryWrite(ending); }
        });
    }

    /// <summary>Returns when the gateway knows, or after <see cref="Patience"/>; then it is told again in the background until the token expires.</summary>
    public async Task EndAsync(AuthenticationProperties session)
    {
        if (Find(session) is not { } ending || await TellAsync(ending, CancellationToken.None)) { return; }

        _waiting.Writer.TryWrite(ending);
    }

    public override void Dispose()
    {
        _told.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (ending, stopping) =>
        {
            while (ending.Expires > _time.GetUtcNow() && !await TellAsync(ending, stopping)) { await Task.Delay(Pause, _time, stopping); }
        });

    /// <summary>The token to tell with; null where it is of no use any more, or somebody is telling it already.</summary>
    private Ending? Find(AuthenticationProperties session)
    {
        if (session.GetTokenValue("access_token") is not { Length: > 0 } raw
            || !DateTimeOffset.TryParse(session.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
            || expires <= _time.GetUtcNow())
        {
            return null;
        }

        var token = new AccessToken(raw);
        lock (_told)
        {
            if (_told.TryGetValue(token.Hash, out _)) { return null; }

            _told.Set(token.Hash, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
            return new Ending(token, expires);
        }
    }

    private async Task<bool> TellAsync(Ending ending, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        try
        {
            var gateway = new GatewayClient(_clients.CreateClient(nameof(GatewayClient)));
            // 401: it does not accept the token anyway; mostly because it knows already.
            if (await gateway.EndSessionAsync(ending.Token, patience.Token) is not (StatusCodes.Status204NoContent or StatusCodes.Status401Unauthorized) and var status)
            {
                LogNotTold(status.ToString(CultureInfo.InvariantCulture));
                return false;
            }

            return true;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Whatever it is, others wait to be told.
            LogNotTold(failure.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventName = "sign_out.gateway_not_told", Level = LogLevel.Warning, Message = "The gateway was not told that a session has ended: {Reason}")]
    private partial void LogNotTold(string reason);

    private sealed record Ending(AccessToken Token, DateTimeOffset Expires);
}
