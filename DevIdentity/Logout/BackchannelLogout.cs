using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>Ends sessions and notifies their clients (OpenID Connect Back-Channel Logout §2.5).</summary>
internal sealed partial class BackchannelLogout(
    Realm realm, SessionStore sessions, TokenIssuer tokens, IHttpClientFactory http, ILogger<BackchannelLogout> logger)
{
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The session has ended when this returns, even if a client could not be notified. Not cancellable: a browser that
    /// disconnects must not prevent the notification of clients; <see cref="Timeout"/> limits the wait.
    /// </summary>
    public async Task EndAsync(UserSession session)
    {
        if (!sessions.End(session))
        {
            return;
        }
        await Task.WhenAll(session.Clients.Keys.Select(id => realm.Clients[id]).Select(client =>
            client.BackchannelLogoutUrl is { } url ? NotifyAsync(client, url, session) : Task.CompletedTask));
    }

    private async Task NotifyAsync(RealmClient client, string url, UserSession session)
    {
        using var content = new FormUrlEncodedContent(
            [new("logout_token", tokens.LogoutToken(client.Id, session.User.Subject, session.Id))]);
        try
        {
            using var sender = http.CreateClient(nameof(BackchannelLogout));
            using var response = await sender.PostAsync(new Uri(url), content);
            if (!response.IsSuccessStatusCode)
            {
                LogRefused(client.Id, (int)response.StatusCode);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            LogUnreachable(client.Id, url);
        }
    }

    [LoggerMessage(EventName = "backchannel_logout.refused", Level = LogLevel.Warning,
        Message = "Client {Client} answered {Status} to the logout token")]
    private partial void LogRefused(string client, int status);

    [LoggerMessage(EventName = "backchannel_logout.unreachable", Level = LogLevel.Warning,
        Message = "Client {Client} could not be notified of a sign-out at {Url}")]
    private partial void LogUnreachable(string client, string url);
}
