using System.Text.Json.Nodes;

namespace TraceDemo.Tests.DevIdentity;

public sealed class LogoutTests : IAsyncLifetime
{
    private LogoutReceiver _receiver = null!;
    private DevIdentityHost _host = null!;

    private ProviderClient Client => _host.Client;

    public async ValueTask InitializeAsync()
    {
        _receiver = await LogoutReceiver.StartAsync();
        _host = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Configuration = new Dictionary<string, string?>
            {
                ["GATEWAY_BACKCHANNEL_URL"] = _receiver.Address,
                ["DASHBOARD_BACKCHANNEL_URL"] = "http://127.0.0.1:9",
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task All_tokens_of_an_ended_session_are_invalid()
    {
        var signedIn = await Client.SignInAsync("alice");
        var (t1, t2, _) = await Client.DelegateAsync(signedIn.AccessToken, "agent-gpt4");
        Assert.Equal(204, (await LogoutAsync(signedIn.RefreshToken)).Status);
        Assert.Equal("Invalid token", (await Client.ExchangeAsync("gateway", signedIn.AccessToken, null, "user-service")).Description);
        Assert.Equal("Invalid token", (await Client.ExchangeAsync("user-service", t1, "agents:invoke", "agent-service")).Description);
        Assert.Equal("Invalid token", (await Client.ExchangeAsync("agent-gpt4", t2, "documents:read", "document-service")).Description);
        Assert.Equal("Session not active", (await Client.RefreshAsync(signedIn.RefreshToken)).Description);
        Assert.Equal(401, (await Client.GetAsync("/userinfo", signedIn.AccessToken)).Status);
        Assert.Equal(204, (await LogoutAsync(signedIn.RefreshToken)).Status);
    }

    [Fact]
    public async Task The_client_is_notified_with_a_signed_logout_token()
    {
        var signedIn = await Client.SignInAsync("alice");
        await LogoutAsync(signedIn.RefreshToken);
        var told = Assert.Single(_receiver.Tokens);
        var (header, claims) = (ProviderClient.Header(told), ProviderClient.Claims(told));
        var session = ProviderClient.Claims(signedIn.AccessToken);
        Assert.Equal("logout+jwt", (string?)header["typ"]);
        Assert.Equal((string?)ProviderClient.Header(signedIn.AccessToken)["kid"], (string?)header["kid"]);
        Assert.Equal(["aud", "events", "exp", "iat", "iss", "jti", "sid", "sub", "typ"],
            claims.Select(claim => claim.Key).Order(StringComparer.Ordinal));
        Assert.Equal("tracedemo-cli", (string?)claims["aud"]);
        Assert.Equal((string?)session["sid"], (string?)claims["sid"]);
        Assert.Equal((string?)session["sub"], (string?)claims["sub"]);
        Assert.Equal("Logout", (string?)claims["typ"]);
        Assert.Equal(120, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.True(JsonNode.DeepEquals(
            claims["events"], new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() }));
        Assert.NotNull(Assert.Single(_receiver.TraceParents));
    }

    [Fact]
    public async Task An_unreachable_client_does_not_keep_the_session_alive()
    {
        using var browser = new Browser(_host.Authority);
        var tokens = await browser.RedeemAsync(await browser.CodeAsync("alice"));
        var answer = await Client.PostAsync("/logout", "dashboard", [("refresh_token", tokens.RefreshToken)]);
        Assert.Equal(204, answer.Status);
        Assert.Equal(200, (await browser.GetAsync(browser.AuthorizationUrl())).Status);
    }

    [Theory]
    [InlineData("dashboard", null, 400, "Invalid refresh token. Token client and authorized client don't match")]
    [InlineData(null, "unknown", 401, "Invalid client or Invalid client credentials")]
    [InlineData(null, null, 401, "Invalid client or Invalid client credentials")]
    public async Task Another_client_cannot_end_a_session_with_its_refresh_token(
        string? client, string? clientId, int status, string description)
    {
        var signedIn = await Client.SignInAsync("alice");
        var answer = await Client.PostAsync("/logout", client,
            [("refresh_token", signedIn.RefreshToken), .. clientId is null ? Array.Empty<(string, string)>() : [("client_id", clientId)]]);
        Assert.Equal((status, description), (answer.Status, answer.Description));
        Assert.Equal(200, (await Client.RefreshAsync(signedIn.RefreshToken)).Status);
        Assert.Empty(_receiver.Tokens);
    }

    [Fact]
    public async Task Without_a_hint_the_person_is_asked_first()
    {
        using var browser = new Browser(_host.Authority);
        var tokens = await browser.RedeemAsync(await browser.CodeAsync("alice"));
        var question = await browser.GetAsync(
            $"{Client.Protocol}/logout?client_id=dashboard&post_logout_redirect_uri=http://localhost:5000/&state=q");
        Assert.Equal(200, (await Client.ExchangeAsync("gateway", tokens.AccessToken, null, "user-service")).Status);
        var confirmed = await browser.PostAsync(Browser.FormAction(question.Text),
            ("session_code", Browser.Hidden(question.Text, "session_code")), ("confirmLogout", "Logout"));
        Assert.Equal("http://localhost:5000/?state=q", confirmed.Location);
        Assert.False(browser.HasCookie("KEYCLOAK_IDENTITY"));
        Assert.Equal("Invalid token", (await Client.ExchangeAsync("gateway", tokens.AccessToken, null, "user-service")).Description);
    }

    [Fact]
    public async Task A_sign_out_can_be_confirmed_only_by_the_browser_that_was_asked()
    {
        using var browser = new Browser(_host.Authority);
        var tokens = await browser.RedeemAsync(await browser.CodeAsync("alice"));
        var question = await browser.GetAsync($"{Client.Protocol}/logout");
        using var stranger = new Browser(_host.Authority);
        Assert.Equal(400,
            (await stranger.PostAsync(Browser.FormAction(question.Text),
                ("session_code", Browser.Hidden(question.Text, "session_code")))).Status);
        Assert.Equal(400, (await browser.PostAsync(Browser.FormAction(question.Text), ("session_code", "guess"))).Status);
        Assert.Equal(200, (await Client.ExchangeAsync("gateway", tokens.AccessToken, null, "user-service")).Status);
    }

    [Theory]
    [InlineData("id_token_hint=x", "Invalid parameter: id_token_hint")]
    [InlineData("post_logout_redirect_uri=http://localhost:5000/", "Missing parameters: id_token_hint")]
    [InlineData("client_id=nobody&post_logout_redirect_uri=http://localhost:5000/", "Invalid redirect uri")]
    [InlineData("client_id=tracedemo-cli&post_logout_redirect_uri=http://localhost:5000/", "Invalid redirect uri")]
    public async Task An_invalid_sign_out_is_explained(string query, string message)
    {
        var answer = await Client.GetAsync($"/logout?{query}");
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_the_refresh_token_of_the_only_client_ends_the_session()
    {
        var signedIn = await Client.SignInAsync("alice");
        Assert.Equal("Unmatching clients", (await Client.PostAsync("/revoke", "gateway", [("token", signedIn.RefreshToken)])).Description);
        Assert.Equal(200,
            (await Client.PostAsync("/revoke", client: null, [("client_id", "tracedemo-cli"), ("token", signedIn.RefreshToken)])).Status);
        Assert.Equal("Session not active", (await Client.RefreshAsync(signedIn.RefreshToken)).Description);
        Assert.Single(_receiver.Tokens);
    }

    private Task<ProviderAnswer> LogoutAsync(string refreshToken) =>
        Client.PostAsync("/logout", client: null, [("client_id", "tracedemo-cli"), ("refresh_token", refreshToken)]);
}
