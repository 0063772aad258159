namespace TraceDemo.Tests.DevIdentity;

public sealed class RefreshTests : IAsyncLifetime
{
    private readonly ManualTime _clock = ManualTime.Calendar();
    private DevIdentityHost _host = null!;

    private ProviderClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_refresh_token_replaced_twice_is_refused_and_ends_the_session_of_the_client()
    {
        var first = await Client.SignInAsync("alice");
        var second = await Client.RefreshAsync(first.RefreshToken);
        var third = await Client.RefreshAsync(second.RefreshToken);
        Assert.Equal("Stale token", (await Client.RefreshAsync(first.RefreshToken)).Description);
        Assert.Equal("Session doesn't have required client", (await Client.RefreshAsync(third.RefreshToken)).Description);
    }

    [Fact]
    public async Task Refresh_token_reuse_invalidates_all_tokens_of_the_client_but_not_those_of_other_clients()
    {
        var signedIn = await Client.SignInAsync("alice");
        var refreshed = await Client.RefreshAsync(signedIn.RefreshToken);
        var t1 = (await Client.ExchangeAsync("gateway", refreshed.AccessToken, null, "user-service")).AccessToken;
        Assert.Equal("Maximum allowed refresh token reuse exceeded", (await Client.RefreshAsync(signedIn.RefreshToken)).Description);
        Assert.Equal("Invalid token", (await Client.ExchangeAsync("gateway", refreshed.AccessToken, null, "user-service")).Description);
        Assert.Equal(200, (await Client.ExchangeAsync("user-service", t1, "agents:invoke", "agent-service")).Status);
    }

    [Fact]
    public async Task Only_one_of_a_hundred_concurrent_uses_of_a_refresh_token_succeeds()
    {
        var signedIn = await Client.SignInAsync("alice");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Client.RefreshAsync(signedIn.RefreshToken)));
        Assert.Single(answers, answer => answer.Status == 200);
    }

    [Fact]
    public async Task A_refresh_can_request_fewer_scopes_but_never_more()
    {
        var signedIn = await Client.SignInAsync("alice", "openid");
        var wider = await Client.PostAsync("/token", client: null,
            [("grant_type", "refresh_token"), ("client_id", "tracedemo-cli"), ("refresh_token", signedIn.RefreshToken),
                ("scope", "openid documents:read")]);
        Assert.Equal((400, "Invalid scopes: openid documents:read"), (wider.Status, wider.Description));
        var narrower = await Client.PostAsync("/token", client: null,
            [("grant_type", "refresh_token"), ("client_id", "tracedemo-cli"), ("refresh_token", signedIn.RefreshToken),
                ("scope", "profile")]);
        Assert.Equal("profile", (string?)narrower.Body!["scope"]);
        Assert.Null(narrower.Body["id_token"]);
    }

    [Fact]
    public async Task Another_client_cannot_use_the_refresh_token()
    {
        var signedIn = await Client.SignInAsync("alice");
        var answer = await Client.PostAsync(
            "/token", "dashboard", [("grant_type", "refresh_token"), ("refresh_token", signedIn.RefreshToken)]);
        Assert.Equal("Invalid refresh token. Token client and authorized client don't match", answer.Description);
        Assert.Equal("Invalid refresh token", (await Client.RefreshAsync(signedIn.AccessToken)).Description);
    }

    [Fact]
    public async Task An_idle_session_ends_after_half_an_hour_and_a_used_one_does_not()
    {
        var idle = await Client.SignInAsync("alice");
        var used = await Client.SignInAsync("bob");
        for (var i = 0; i < 2; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(29));
            used = await Client.RefreshAsync(used.RefreshToken);
            Assert.Equal(200, used.Status);
        }

        Assert.Equal("Token is not active", (await Client.RefreshAsync(idle.RefreshToken)).Description);
    }

    [Fact]
    public async Task Token_exchanges_do_not_extend_the_idle_timeout_of_a_session()
    {
        var t0 = await Client.PersonTokenAsync("alice");
        var (_, _, t3) = await Client.DelegateAsync(t0, "agent-gpt4");
        for (var minute = 1; minute < 30; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            t3 = (await Client.ExchangeAsync("agent-gpt4", t3, "documents:read", "document-service")).AccessToken;
        }

        _clock.Advance(TimeSpan.FromSeconds(59));
        var last = await Client.ExchangeAsync("agent-gpt4", t3, "documents:read", "document-service");
        Assert.Equal(200, last.Status);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var over = await Client.ExchangeAsync("agent-gpt4", last.AccessToken, "documents:read", "document-service");
        Assert.Equal((400, "invalid_request", "Invalid token"), (over.Status, over.Error, over.Description));
        Assert.Equal(120, (long)ProviderClient.Claims(last.AccessToken)["exp"]! - (long)ProviderClient.Claims(last.AccessToken)["iat"]!);
    }

    [Fact]
    public async Task No_token_is_valid_longer_than_its_session()
    {
        var tokens = await Client.SignInAsync("alice");
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(580); passed += TimeSpan.FromMinutes(20))
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            tokens = await Client.RefreshAsync(tokens.RefreshToken);
        }

        _clock.Advance(TimeSpan.FromMinutes(18));
        tokens = await Client.RefreshAsync(tokens.RefreshToken);
        Assert.Equal(120, (int)tokens.Body!["expires_in"]!);
        Assert.Equal(120, (int)tokens.Body["refresh_expires_in"]!);
        _clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal(400, (await Client.RefreshAsync(tokens.RefreshToken)).Status);
    }
}
