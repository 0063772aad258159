using System.Net;

namespace TraceDemo.Tests.DevIdentity;

public sealed class AuthorizationTests : BrowserTests
{
    [Theory]
    [InlineData("http://localhost:5000.evil.example/")]
    [InlineData("http://localhost:5001/signin")]
    [InlineData("http://localhost:5000//evil.example/")]
    [InlineData("http://127.0.0.1:65536/callback")]
    [InlineData("http://127.0.0.1:*/callback")]
    [InlineData("http://localhost:5000@evil.example/")]
    [InlineData("http://localhost:5000/a/../b")]
    [InlineData("http://localhost:5000/%2e%2e/b")]
    [InlineData("http://localhost:5000\\@evil.example/")]
    [InlineData("http://localhost:5000/signin#fragment")]
    [InlineData("https://localhost:5000/signin")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example/")]
    public async Task A_code_is_sent_only_to_the_clients_own_address(string redirectUri)
    {
        var answer = await Browser.GetAsync(Browser.AuthorizationUrl(("redirect_uri", redirectUri)));
        Assert.Equal(400, answer.Status);
        Assert.Contains("Invalid parameter: redirect_uri", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_native_application_may_listen_on_any_port_of_the_loopback()
    {
        var url = Browser.AuthorizationUrl(("client_id", "tracedemo-cli"), ("redirect_uri", "http://127.0.0.1:49152/callback"));
        Assert.StartsWith("http://127.0.0.1:49152/callback?", (await Browser.LogInAsync(await Browser.GetAsync(url), "alice")).Location,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "PKCE verification failed: Invalid code verifier")]
    [InlineData("another-verifier-that-is-well-formed-but-not-the-right-one", "PKCE verification failed: Code mismatch")]
    [InlineData(null, "PKCE code verifier not specified")]
    public async Task Redeeming_a_code_without_its_verifier_fails_and_consumes_it(string? verifier, string description)
    {
        var code = await Browser.CodeAsync("alice");
        Assert.Equal(description, (await Browser.RedeemAsync(code, verifier)).Description);
        Assert.Equal("Code not valid", (await Browser.RedeemAsync(code)).Description);
    }

    [Fact]
    public async Task A_code_is_valid_for_a_minute()
    {
        var (first, second) = (await Browser.CodeAsync("alice"), await Browser.CodeAsync("alice"));
        Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await Browser.RedeemAsync(first)).Status);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Code not valid", (await Browser.RedeemAsync(second)).Description);
    }

    [Fact]
    public async Task Another_client_cannot_redeem_the_code()
    {
        var answer = await Host.Client.PostAsync("/token", client: null,
        [
            ("grant_type", "authorization_code"), ("client_id", "tracedemo-cli"), ("code", await Browser.CodeAsync("alice")),
            ("redirect_uri", "http://localhost:5000/signin"), ("code_verifier", Browser.Verifier),
        ]);
        Assert.Equal("Auth error: Found different client_id in clientSession", answer.Description);
    }

    [Fact]
    public async Task A_session_records_whether_the_person_has_just_signed_in()
    {
        Assert.Equal("1", (string?)ProviderClient.Claims((await Browser.RedeemAsync(await Browser.CodeAsync("alice"))).IdToken)["acr"]);
        var again = await Browser.RedeemAsync(await Browser.CodeAsync("alice"));
        Assert.Equal("0", (string?)ProviderClient.Claims(again.IdToken)["acr"]);
        Assert.Equal("0", (string?)ProviderClient.Claims((await RefreshAsync(again)).AccessToken)["acr"]);
    }

    [Fact]
    public async Task Prompt_and_max_age_ask_for_the_password_again()
    {
        await Browser.CodeAsync("alice");
        Assert.Equal(302, (await Browser.GetAsync(Browser.AuthorizationUrl(("prompt", "none")))).Status);
        Assert.Equal(200, (await Browser.GetAsync(Browser.AuthorizationUrl(("prompt", "login")))).Status);
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(302, (await Browser.GetAsync(Browser.AuthorizationUrl(("max_age", "120")))).Status);
        Assert.Equal(200, (await Browser.GetAsync(Browser.AuthorizationUrl(("max_age", "60")))).Status);
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "60")]
    public async Task Required_reauthentication_cannot_be_bypassed_by_opening_the_address_of_the_form(string demand, string value)
    {
        await Browser.CodeAsync("alice");
        Clock.Advance(TimeSpan.FromSeconds(61));
        var page = await Browser.GetAsync(Browser.AuthorizationUrl((demand, value)));

        var again = await Browser.GetAsync(Browser.FormAction(page.Text));

        Assert.Equal((200, null), (again.Status, again.Location));
        var code = Browser.Query((await Browser.LogInAsync(again, "alice")).Location!)["code"];
        Assert.Equal("1", (string?)ProviderClient.Claims((await Browser.RedeemAsync(code)).IdToken)["acr"]);
    }

    [Fact]
    public async Task A_login_form_completes_without_a_password_if_the_person_has_signed_in_meanwhile()
    {
        var page = await Browser.GetAsync(Browser.AuthorizationUrl());
        await Browser.CodeAsync("alice");

        Assert.NotNull(Browser.Query((await Browser.GetAsync(Browser.FormAction(page.Text))).Location!)["code"]);
    }

    [Fact]
    public async Task A_repeated_parameter_is_refused_on_the_page()
    {
        var answer = await Browser.GetAsync(Browser.AuthorizationUrl() + "&redirect_uri=http://localhost:5000/other");
        Assert.Equal((400, null), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_login_form_is_bound_to_its_browser_and_valid_once()
    {
        var page = await Browser.GetAsync(Browser.AuthorizationUrl());
        using var stranger = new Browser(Host.Authority);
        Assert.Equal(400, (await stranger.LogInAsync(page, "alice")).Status);
        Assert.NotNull(Browser.Query((await Browser.LogInAsync(page, "alice")).Location!)["code"]);
        Assert.Equal(400, (await Browser.LogInAsync(page, "alice")).Status);
    }

    [Theory]
    [InlineData("KEYCLOAK_IDENTITY=stolen")]
    [InlineData("KEYCLOAK_IDENTITY=stolen.AAAA")]
    public async Task A_session_id_from_a_token_is_not_accepted_as_a_cookie(string cookie)
    {
        var sid = (string)ProviderClient.Claims(await Host.Client.PersonTokenAsync("alice"))["sid"]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, Browser.AuthorizationUrl(("prompt", "none")));
        request.Headers.Add("Cookie", cookie.Replace("stolen", sid, StringComparison.Ordinal));
        Assert.Equal("login_required", Browser.Query((await Host.Client.SendAsync(request)).Location!)["error"]);
    }

    [Fact]
    public async Task The_cookies_work_with_the_dotnet_CookieContainer_over_plain_http()
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler);
        var page = await http.GetStringAsync(new Uri(Browser.AuthorizationUrl()), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent([new("username", "alice"), new("password", "alice")]);
        using var signedIn = await http.PostAsync(new Uri(Browser.FormAction(page)), form, TestContext.Current.CancellationToken);
        Assert.Contains("code=", signedIn.Headers.Location!.Query, StringComparison.Ordinal);
        using var again = await http.GetAsync(new Uri(Browser.AuthorizationUrl(("prompt", "none"))), TestContext.Current.CancellationToken);
        Assert.Contains("code=", again.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_input_is_encoded_as_text()
    {
        var page = await Browser.LogInAsync(await Browser.GetAsync(Browser.AuthorizationUrl()), "\"><script>alert(1)</script>", "x");
        Assert.Contains("&lt;script&gt;", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private Task<ProviderAnswer> RefreshAsync(ProviderAnswer tokens) =>
        Host.Client.PostAsync("/token", "dashboard", [("grant_type", "refresh_token"), ("refresh_token", tokens.RefreshToken)]);
}
