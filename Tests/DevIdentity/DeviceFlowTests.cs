namespace TraceDemo.Tests.DevIdentity;

public sealed class DeviceFlowTests : BrowserTests
{
    [Fact]
    public async Task A_client_without_the_flow_cannot_start_or_poll()
    {
        Assert.Equal("unauthorized_client", (await Host.Client.PostAsync("/auth/device", "gateway", [])).Error);
        var poll = await Host.Client.PostAsync(
            "/token", "gateway", [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", "x")]);
        Assert.Equal("Client not allowed OAuth 2.0 Device Authorization Grant", poll.Description);
    }

    [Fact]
    public async Task A_device_gets_access_denied_after_the_person_declines()
    {
        var (deviceCode, userCode) = await StartAsync();
        var page = await AnswerAsync(userCode, "cancel");
        Assert.Contains("Device Login Failed", page.Text, StringComparison.Ordinal);
        Assert.Equal("access_denied", (await PollAsync(deviceCode)).Error);
    }

    [Fact]
    public async Task A_signed_in_person_is_still_asked_for_consent()
    {
        await Browser.CodeAsync("alice");
        var (deviceCode, userCode) = await StartAsync();
        var (page, hops) = await Browser.FollowAsync(await Browser.GetAsync($"{Host.Authority}/device?user_code={userCode}"));
        Assert.Equal(2, hops.Count);
        Assert.Contains("kc-cancel", page.Text, StringComparison.Ordinal);
        Assert.Equal("authorization_pending", (await PollAsync(deviceCode)).Error);
    }

    [Fact]
    public async Task A_wrong_verifier_is_refused_and_the_right_one_still_works_once()
    {
        var (deviceCode, userCode) = await StartAsync();
        Assert.Contains("Device Login Successful", (await AnswerAsync(userCode, "accept")).Text, StringComparison.Ordinal);
        Assert.Equal("PKCE verification failed: Code mismatch", (await PollAsync(deviceCode, new string('x', 50))).Description);
        Clock.Advance(TimeSpan.FromSeconds(5));
        var tokens = await PollAsync(deviceCode);
        Assert.Equal("gateway", (string?)ProviderClient.Claims(tokens.AccessToken)["aud"]);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("Device code not valid", (await PollAsync(deviceCode)).Description);
    }

    [Fact]
    public async Task Codes_expire_after_ten_minutes()
    {
        var (deviceCode, userCode) = await StartAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("expired_token", (await PollAsync(deviceCode)).Error);
        Assert.Contains("Invalid code", (await Browser.GetAsync($"{Host.Authority}/device?user_code={userCode}")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_user_code_may_be_corrected_and_case_does_not_matter()
    {
        var (_, userCode) = await StartAsync();
        var page = await Browser.PostAsync($"{Host.Authority}/device", ("device_user_code", "AAAA-AAAA"));
        Assert.Contains("Invalid code", page.Text, StringComparison.Ordinal);
#pragma warning disable CA1308 // A person types small letters.
        Assert.Equal(
            302, (await Browser.PostAsync(Browser.FormAction(page.Text), ("device_user_code", userCode.ToLowerInvariant()))).Status);
#pragma warning restore CA1308
    }

    [Fact]
    public async Task A_consent_cannot_be_posted_from_another_browser()
    {
        var (deviceCode, userCode) = await StartAsync();
        var consent = await ConsentPageAsync(userCode);
        using var stranger = new Browser(Host.Authority);
        var answer = await stranger.PostAsync(
            Browser.FormAction(consent.Text), ("code", Browser.Hidden(consent.Text, "code")), ("accept", "Yes"));
        Assert.Equal(400, answer.Status);
        Assert.Equal("authorization_pending", (await PollAsync(deviceCode)).Error);
    }

    private async Task<(string DeviceCode, string UserCode)> StartAsync()
    {
        var start = await Host.Client.PostAsync("/auth/device", client: null,
            [("client_id", "tracedemo-cli"), ("scope", "openid"), ("code_challenge", Browser.Challenge),
                ("code_challenge_method", "S256")]);
        return ((string)start.Body!["device_code"]!, (string)start.Body["user_code"]!);
    }

    private async Task<ProviderAnswer> ConsentPageAsync(string userCode)
    {
        var (page, _) = await Browser.FollowAsync(await Browser.GetAsync($"{Host.Authority}/device?user_code={userCode}"));
        return (await Browser.FollowAsync(await Browser.LogInAsync(page, "alice"))).Answer;
    }

    private async Task<ProviderAnswer> AnswerAsync(string userCode, string button)
    {
        var consent = await ConsentPageAsync(userCode);
        return (await Browser.FollowAsync(await Browser.PostAsync(
            Browser.FormAction(consent.Text), ("code", Browser.Hidden(consent.Text, "code")), (button, "x")))).Answer;
    }

    private Task<ProviderAnswer> PollAsync(string deviceCode, string verifier = Browser.Verifier) =>
        Host.Client.PostAsync("/token", client: null,
        [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "tracedemo-cli"), ("device_code", deviceCode),
            ("code_verifier", verifier)]);
}
