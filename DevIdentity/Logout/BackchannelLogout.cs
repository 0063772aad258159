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
        if (!sessions.End(session)) { return; }
        var told = session.Clients.Keys.Select(id => realm.Clients[id]).Where(client => client.BackchannelLogoutUrl is not null);
        await Task.WhenAll(told.Select(client => TellAsync(client, session)));
    }

    private async Task TellAsync(RealmClient client, UserSession session)
    {
        using var content = new FormUrlEncodedContent(
            [new("logout_token", tokens.LogoutToken(client.Id, session.User.Subject, session.Id))]);
        try
        {
            using var sender = http.CreateClient(nameof(BackchannelLogout));
            using var response = await sender.PostAsync(new Uri(client.BackchannelLogoutUrl!), content);
            if (!response.IsSuccessStatusCode) { Refused(logger, client.Id, (int)response.StatusCode); }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Unreachable(logger, client.Id, client.BackchannelLogoutUrl!);
        }
    }

    [LoggerMessage(EventName = "backchannel_logout.refused", Level = LogLevel.Warning,
        Message = "Client {Client} answered {Status} to the logout token.")]
    private static partial void Refused(ILogger logger, string client, int status);

    [LoggerMessage(EventName = "backchannel_logout.unreachable", Level = LogLevel.Warning,
        Message = "Client {Client} could not be notified of a sign-out at {Url}.")]
    private static partial void Unreachable(ILogger logger, string client, string url);
}
