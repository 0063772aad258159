namespace TraceDemo.Tests.DevIdentity;

/// <summary>Anybody may open a login page, a sign-out question or a device's start, so any number of them must keep nobody out.</summary>
public sealed class FloodTests : BrowserTests
{
    [Fact]
    public async Task Ten_thousand_login_pages_block_no_sign_in_and_invalidate_no_form()
    {
        var before = await Browser.GetAsync(Browser.AuthorizationUrl());
        var asked = await AskToSignOutAsync();
        await Parallel.ForAsync(0, 10_050, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var url = i < 50 ? $"{Host.Client.Protocol}/logout" : Browser.AuthorizationUrl();
            Assert.Equal(200, (await Host.Client.GetAsync(url)).Status);
        });
        Assert.NotNull(Browser.Query((await Browser.LogInAsync(before, "alice")).Location!)["code"]);
        using var other = new Browser(Host.Authority);
        Assert.Equal(200, (await other.RedeemAsync(await other.CodeAsync("bob"))).Status);
        Assert.Equal(200, (await AnswerAsync(Browser, asked)).Status);
        Assert.False(Browser.HasCookie("KEYCLOAK_IDENTITY"));
    }

    [Fact]
    public async Task A_thousand_started_device_flows_block_no_other()
    {
        var before = await StartAsync();
        await Parallel.ForAsync(0, 1_050, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) => Assert.Equal(200, (await StartAsync()).Status));
        Assert.Equal(200, (await StartAsync()).Status);
        Assert.Equal("authorization_pending", (await PollAsync((string)before.Body!["device_code"]!)).Error);
    }

    [Fact]
    public async Task A_device_may_request_only_a_short_scope()
    {
        Assert.Equal(200, (await StartAsync(new string('s', 500))).Status);
        var refused = await StartAsync(new string('s', 501));
        Assert.Equal((400, "invalid_scope"), (refused.Status, refused.Error));
    }

    [Theory]
    [InlineData(29, 302)]
    [InlineData(30, 400)]
    public async Task A_form_is_valid_for_half_an_hour(int minutes, int status)
    {
        var page = await Browser.GetAsync(Browser.AuthorizationUrl());
        Clock.Advance(TimeSpan.FromMinutes(minutes));
        Assert.Equal(status, (await Browser.LogInAsync(page, "alice")).Status);
    }

    [Fact]
    public async Task The_sealed_state_of_a_form_cannot_be_forged_or_changed()
    {
        var page = await Browser.GetAsync(Browser.AuthorizationUrl());
        var action = Browser.FormAction(page.Text);
        var parts = Browser.Query(action)["client_data"].Split('.');
        var content = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        Assert.Contains("http://localhost:5000/signin", content, StringComparison.Ordinal);
        var forged = System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes(content.Replace("localhost:5000", "evil.example", StringComparison.Ordinal)));
        foreach (var data in (string[])[$"{parts[0]}.{forged}.{parts[2]}", $"{parts[0]}.{forged}.", $"{forged}", "x.y.z"])
        {
            var answer = await Browser.PostAsync(
                action.Replace(string.Join('.', parts), data, StringComparison.Ordinal), ("username", "alice"), ("password", "alice"));
            Assert.Equal((400, null), (answer.Status, answer.Location));
        }
    }

    [Fact]
    public async Task The_sealed_state_of_one_form_is_not_valid_for_another()
    {
        var login = Browser.Query(Browser.FormAction((await Browser.GetAsync(Browser.AuthorizationUrl())).Text))["client_data"];
        var question = await AskToSignOutAsync();
        Assert.Equal(400, (await Browser.PostAsync(Browser.FormAction(question.Text), ("session_code", login))).Status);
        var tokens = await Host.Client.SignInAsync("alice");
        Assert.Equal(400, (await Browser.PostAsync(Browser.FormAction(question.Text), ("session_code", tokens.RefreshToken))).Status);
        Assert.Equal("Invalid refresh token", (await Host.Client.RefreshAsync(login)).Description);
    }

    [Fact]
    public async Task The_browser_cookie_never_appears_in_a_page_or_an_address()
    {
        var page = await Browser.GetAsync(Browser.AuthorizationUrl());
        var id = Browser.SetCookies.Single().Split('=', ';')[1];
        Assert.Equal(43, id.Length);
        var content = System.Buffers.Text.Base64Url.DecodeFromChars(
            Browser.Query(Browser.FormAction(page.Text))["client_data"].Split('.')[1]);
        Assert.DoesNotContain(id, page.Text + System.Text.Encoding.UTF8.GetString(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_shown_to_one_person_cannot_be_given_by_another()
    {
        var code = (string)(await StartAsync()).Body!["user_code"]!;
        await Browser.CodeAsync("alice");
        var (consent, _) = await Browser.FollowAsync(await Browser.GetAsync($"{Host.Authority}/device?user_code={code}"));
        await Browser.LogInAsync(await Browser.GetAsync(Browser.AuthorizationUrl(("prompt", "login"))), "bob");
        var answer = await Browser.PostAsync(
            Browser.FormAction(consent.Text), ("code", Browser.Hidden(consent.Text, "code")), ("accept", "Yes"));
        Assert.Equal((400, null), (answer.Status, answer.Location));
    }

    private Task<ProviderAnswer> AskToSignOutAsync() => Browser.GetAsync($"{Host.Client.Protocol}/logout");

    private static Task<ProviderAnswer> AnswerAsync(Browser browser, ProviderAnswer question) =>
        browser.PostAsync(Browser.FormAction(question.Text), ("session_code", Browser.Hidden(question.Text, "session_code")),
            ("confirmLogout", "Logout"));

    private Task<ProviderAnswer> StartAsync(string scope = "openid") => Host.Client.PostAsync("/auth/device", client: null,
        [("client_id", "tracedemo-cli"), ("scope", scope), ("code_challenge", Browser.Challenge), ("code_challenge_method", "S256")]);

    private Task<ProviderAnswer> PollAsync(string deviceCode) => Host.Client.PostAsync("/token", client: null,
        [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "tracedemo-cli"), ("device_code", deviceCode),
            ("code_verifier", Browser.Verifier)]);
}
