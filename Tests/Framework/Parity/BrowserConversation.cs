using System.Text.Json.Nodes;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>The second part of the recording, in its order: authorization, codes, tokens, and signing out in a browser.</summary>
internal sealed class BrowserConversation(IdentityUnderTest identity) : IDisposable
{
    private readonly ProviderClient _client = new(identity.Authority);
    private readonly Browser _browser = new(identity.Authority);
    private readonly Dictionary<string, JsonObject> _observed = new(StringComparer.Ordinal);
    private ProviderAnswer? _tokens;

    public async Task<IReadOnlyDictionary<string, JsonObject>> RunAsync()
    {
        await RefusedRequestsAsync();
        await LoginAsync();
        await CodesAsync();
        await UserInfoAsync();
        await LogoutAsync();
        return _observed;
    }

    public void Dispose()
    {
        _client.Dispose();
        _browser.Dispose();
    }

    private async Task RefusedRequestsAsync()
    {
        await AuthAsync("auth unknown client", ("client_id", "nobody"));
        await AuthAsync("auth bad redirect", ("redirect_uri", "http://evil.example/"));
        await AuthAsync("auth no PKCE", ("code_challenge", null), ("code_challenge_method", null));
        await AuthAsync("auth plain PKCE", ("code_challenge_method", "plain"));
        await AuthAsync("auth bad response_type", ("response_type", "bogus"));
        await AuthAsync("auth bad scope", ("scope", "openid bogus"));
        await AuthAsync("auth prompt none", ("prompt", "none"));
        await AuthAsync("auth no redirect", ("redirect_uri", null));
        await AuthAsync("auth short challenge", ("code_challenge", "short"));
        await AuthAsync("auth ok");
    }

    private async Task AuthAsync(string name, params (string, string?)[] changes)
    {
        using var stranger = new Browser(identity.Authority);
        _observed[name] = Html.Page(await stranger.GetAsync(stranger.AuthorizationUrl(changes)));
    }

    private async Task LoginAsync()
    {
        var page = await _browser.GetAsync(_browser.AuthorizationUrl());
        _observed["login page"] = new JsonObject { ["controls"] = Html.Controls(page.Text) };
        _observed["action url shape"] = new JsonObject { ["url"] = Html.Shape(Browser.FormAction(page.Text), identity.Authority) };
        var wrong = await _browser.LogInAsync(page, "alice", "wrong");
        _observed["wrong password"] = new JsonObject
        {
            ["status"] = wrong.Status,
            ["error"] = Html.Error(wrong.Text),
            ["title"] = Html.Title(wrong.Text),
            ["aria"] = Html.Aria(wrong.Text),
        };
        var answer = await _browser.LogInAsync(wrong, "alice");
        _observed["login ok"] = Redirected(answer);
        _observed["login ok"]["iss"] = Browser.Query(LocationOf(answer))["iss"];
        Assert.True(_browser.HasCookie("KEYCLOAK_IDENTITY"));
        Redeemed("code wrong verifier", await _browser.RedeemAsync(Code(answer), new string('x', 50)));
    }

    private async Task CodesAsync()
    {
        var sso = await _browser.GetAsync(_browser.AuthorizationUrl());
        _observed["sso"] = Redirected(sso);
        Redeemed("code no verifier", await _browser.RedeemAsync(Code(sso), verifier: null));
        Redeemed("code other redirect",
            await _browser.RedeemAsync(await _browser.CodeAsync("alice"), redirectUri: "http://localhost:5000/other"));
        var code = await _browser.CodeAsync("alice");
        var tokens = await _browser.RedeemAsync(code);
        Redeemed("code ok", tokens);
        _observed["id_token claims"] = new JsonObject { ["claims"] = ProviderClient.Claims(tokens.IdToken) };
        _observed["access_token claims"] = new JsonObject { ["claims"] = ProviderClient.Claims(tokens.AccessToken) };
        _observed["refresh_token claims"] = new JsonObject { ["claims"] = ProviderClient.Claims(tokens.RefreshToken) };
        Redeemed("code reuse", await _browser.RedeemAsync(code));
        Redeemed("refresh after code reuse", await RefreshAsync(tokens.RefreshToken));
    }

    private async Task UserInfoAsync()
    {
        _tokens = await _browser.RedeemAsync(await _browser.CodeAsync("alice"));
        UserInfo("userinfo", await _client.GetAsync("/userinfo", _tokens.AccessToken));
        UserInfo("userinfo none", await _client.GetAsync("/userinfo"));
        UserInfo("userinfo bad", await _client.GetAsync("/userinfo", "x"));
    }

    private async Task LogoutAsync()
    {
        var question = await _browser.GetAsync($"{_client.Protocol}/logout?client_id=dashboard");
        _observed["logout without hint"] = new JsonObject
        {
            ["status"] = question.Status,
            ["title"] = Html.Title(question.Text),
            ["form"] = Html.Shape(Browser.FormAction(question.Text), identity.Authority),
        };
        var hint = $"{_client.Protocol}/logout?id_token_hint={_tokens!.IdToken}&state=z&post_logout_redirect_uri=";
        _observed["logout bad redirect"] = Html.Page(await _browser.GetAsync($"{hint}http://evil.example/"));
        var answer = await _browser.GetAsync($"{hint}http://localhost:5000/");
        _observed["logout"] = new JsonObject { ["status"] = answer.Status, ["location"] = answer.Location };
        Redeemed("refresh after logout", await RefreshAsync(_tokens.RefreshToken));
        UserInfo("userinfo after logout", await _client.GetAsync("/userinfo", _tokens.AccessToken));
    }

    private Task<ProviderAnswer> RefreshAsync(string token) =>
        _client.PostAsync("/token", "dashboard", [("grant_type", "refresh_token"), ("refresh_token", token)]);

    private void Redeemed(string name, ProviderAnswer answer) => _observed[name] = new JsonObject
    {
        ["r"] = new JsonArray(answer.Status, answer.Body?.DeepClone()),
    };

    private void UserInfo(string name, ProviderAnswer answer) =>
        _observed[name] = new JsonObject
        {
            ["status"] = answer.Status,
            ["www"] = answer.Headers.WwwAuthenticate.SingleOrDefault()?.ToString(),
            ["body"] = answer.Text,
        };

    private static JsonObject Redirected(ProviderAnswer answer) => new()
    {
        ["status"] = answer.Status,
        ["params"] = new JsonArray(
            [.. Browser.Query(LocationOf(answer)).Keys.Order(StringComparer.Ordinal).Select(key => JsonValue.Create(key))]),
    };

    private static string Code(ProviderAnswer answer) => Browser.Query(LocationOf(answer))["code"];

    private static string LocationOf(ProviderAnswer answer) =>
        answer.Location
            ?? throw new InvalidOperationException(
                $"No redirect, but {answer.Status} '{Html.Title(answer.Text)}': {Html.Error(answer.Text)}");
}
