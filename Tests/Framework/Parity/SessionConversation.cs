using System.Diagnostics;
using System.Text.Json.Nodes;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>
/// Many sessions that begin together: each is used in its own way before its idle time is over, and asked after it. What a use
/// prolonged is alive then.
/// </summary>
internal sealed class SessionConversation(IdentityUnderTest identity) : IDisposable
{
    private const int MaxAttempts = 3;
    private const string Ended = "400 invalid_request Invalid token";

    private static readonly TimeSpan TimeToUse = TimeSpan.FromSeconds(6);

    private readonly ProviderClient _client = new(identity.Authority);
    private readonly Dictionary<string, string> _observed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProviderAnswer> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Browser> _browsers = new(StringComparer.Ordinal);

    /// <summary>The responses of Keycloak 26.7.5.</summary>
    public static IReadOnlyDictionary<string, string> Expected { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lifetimes"] = "300, refresh 30",
        ["idle"] = Ended,
        ["idle: refresh"] = "400 invalid_grant Token is not active",
        ["exchange: in time"] = "200",
        ["exchange"] = Ended,
        ["renewal of T3: in time"] = "200",
        ["renewal of T3"] = Ended,
        ["userinfo: in time"] = "200",
        ["userinfo: later"] = "401",
        ["userinfo"] = Ended,
        ["introspection: in time"] = "active",
        ["introspection: later"] = "inactive",
        ["introspection"] = Ended,
        ["prompt=login without signing in"] = Ended,
        ["max_age without signing in"] = Ended,
        ["refresh"] = "200",
        ["single sign-on"] = "200",
        ["prompt=none"] = "200",
        ["code"] = "200",
        ["device code"] = "200",
    };

    /// <summary>Begun again, with new sessions, where a busy machine was too slow to use them before their idle time was over.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var begun = Stopwatch.GetTimestamp();
            var (t3, code, device) = await BeginAsync();
            await identity.WaitAsync(ObservedRealm.Idle * 0.6);
            if (attempt < MaxAttempts && Stopwatch.GetElapsedTime(begun) > ObservedRealm.Idle - TimeToUse)
            {
                EndBrowsers();
                continue;
            }

            t3 = await UseAsync(t3);
            _tokens["code"] = await _browsers["code"].RedeemAsync(code);
            _tokens["device code"] = await PollAsync(device);
            await identity.WaitAsync(ObservedRealm.Idle * 0.5);
            await AskAsync(t3);
            return _observed;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        EndBrowsers();
    }

    private async Task<(string T3, string Code, string Device)> BeginAsync()
    {
        foreach (var name in (string[])["idle", "exchange", "renewal of T3", "userinfo", "introspection", "refresh"])
        {
            _tokens[name] = await _client.SignInAsync("carol");
        }
        foreach (var name in (string[])["single sign-on", "prompt=none", "prompt=login without signing in", "max_age without signing in"])
        {
            _browsers[name] = new Browser(identity.Authority);
            _tokens[name] = await _browsers[name].RedeemAsync(await _browsers[name].CodeAsync("alice"));
        }

        var idle = _tokens["idle"].Body!;
        _observed["lifetimes"] = $"{Whole(idle["expires_in"])}, refresh {Whole(idle["refresh_expires_in"])}";
        var (_, _, t3) = await _client.DelegateAsync(_tokens["renewal of T3"].AccessToken, "agent-gpt4");
        var code = await (_browsers["code"] = new Browser(identity.Authority)).CodeAsync("bob");
        return (t3, code, await GrantDeviceAsync());
    }

    /// <summary>Keycloak counts from the second in which it made the token to the one in which it answers.</summary>
    private static int Whole(JsonNode? seconds) => ((int)seconds! + 2) / 10 * 10;

    private void EndBrowsers()
    {
        foreach (var browser in _browsers.Values)
        {
            browser.Dispose();
        }
        _browsers.Clear();
    }

    private async Task<string> UseAsync(string t3)
    {
        _observed["exchange: in time"] = Outcome(await ExchangeAsync("exchange"));
        var renewed = await _client.ExchangeAsync("agent-gpt4", t3, "documents:read", "document-service");
        _observed["renewal of T3: in time"] = Outcome(renewed);
        _observed["userinfo: in time"] = await UserInfoAsync();
        _observed["introspection: in time"] = await IntrospectAsync();
        _tokens["refresh"] = await _client.RefreshAsync(_tokens["refresh"].RefreshToken);
        Assert.Equal(302, (await VisitAsync("single sign-on")).Status);
        Assert.Contains("code=", (await VisitAsync("prompt=none", ("prompt", "none"))).Location, StringComparison.Ordinal);
        Assert.Equal(200, (await VisitAsync("prompt=login without signing in", ("prompt", "login"))).Status);
        Assert.Equal(200, (await VisitAsync("max_age without signing in", ("max_age", "1"))).Status);
        return renewed.AccessToken;
    }

    private async Task AskAsync(string t3)
    {
        _observed["userinfo: later"] = await UserInfoAsync();
        _observed["introspection: later"] = await IntrospectAsync();
        foreach (var name in _tokens.Keys.Where(name => name != "renewal of T3"))
        {
            _observed[name] = Outcome(await ExchangeAsync(name));
        }
        _observed["renewal of T3"] = Outcome(await _client.ExchangeAsync("agent-gpt4", t3, "documents:read", "document-service"));
        _observed["idle: refresh"] = Outcome(await _client.RefreshAsync(_tokens["idle"].RefreshToken));
    }

    private Task<ProviderAnswer> ExchangeAsync(string name) =>
        _client.ExchangeAsync("gateway", _tokens[name].AccessToken, null, "user-service");

    private Task<ProviderAnswer> VisitAsync(string name, params (string, string?)[] changes) =>
        _browsers[name].GetAsync(_browsers[name].AuthorizationUrl(changes));

    private async Task<string> UserInfoAsync() => $"{(await _client.GetAsync("/userinfo", _tokens["userinfo"].AccessToken)).Status}";

    private async Task<string> IntrospectAsync() =>
        (bool)(await _client.PostAsync("/token/introspect", "gateway", [("token", _tokens["introspection"].AccessToken)])).Body!["active"]!
            ? "active" : "inactive";

    private async Task<string> GrantDeviceAsync()
    {
        var start = await _client.PostAsync("/auth/device", client: null,
            [("client_id", "tracedemo-cli"), ("scope", "openid"), ("code_challenge", Browser.Challenge),
                ("code_challenge_method", "S256")]);
        var browser = _browsers["device code"] = new Browser(identity.Authority);
        var (page, _) = await browser.FollowAsync(await browser.GetAsync((string)start.Body!["verification_uri_complete"]!));
        var (consent, _) = await browser.FollowAsync(await browser.LogInAsync(page, "david"));
        await browser.FollowAsync(
            await browser.PostAsync(Browser.FormAction(consent.Text), ("code", Browser.Hidden(consent.Text, "code")), ("accept", "Yes")));
        return (string)start.Body["device_code"]!;
    }

    private Task<ProviderAnswer> PollAsync(string deviceCode) => _client.PostAsync("/token", client: null,
        [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "tracedemo-cli"), ("device_code", deviceCode),
            ("code_verifier", Browser.Verifier)]);

    private static string Outcome(ProviderAnswer answer) => answer.Status == 200
        ? "200"
        : $"{answer.Status} {answer.Error} {answer.Description}";
}
