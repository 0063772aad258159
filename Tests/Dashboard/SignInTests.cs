using System.Net;

namespace TraceDemo.Tests.Dashboard;

public sealed class SignInTests(SharedDashboard shared)
{
    [Fact]
    public async Task Signing_in_uses_the_code_flow_with_PKCE_state_and_nonce()
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        var home = await alice.SignInAsync("alice");

        var asked = alice.Seen.Select(page => page.Response.Headers.Location?.OriginalString)
            .First(location => location?.Contains("/auth?", StringComparison.Ordinal) == true)!;
        Assert.All(["response_type=code", "code_challenge_method=S256", "code_challenge=", "state=", "nonce=", "scope=openid"],
            part => Assert.Contains(part, asked, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.OK, dashboard.Address), (home.Status, home.Address));
        Assert.Contains("Alice Example", home.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/traces")]
    [InlineData("/traces/0123456789abcdef0123456789abcdef")]
    [InlineData("/traces/0123456789abcdef0123456789abcdef/live")]
    [InlineData("/traces/0123456789abcdef0123456789abcdef/raw")]
    public async Task Anonymous_visitors_get_the_login_form(string address)
    {
        var dashboard = await shared.Host;
        using var stranger = dashboard.Visit();
        Assert.Contains("kc-form-login", (await stranger.GetAsync(address)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_token_reaches_the_browser()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        await alice.GetAsync("/traces");

        Assert.Equal(1, dashboard.Tickets.Count);
        Assert.All(alice.Seen.Where(page => page.Address.Port == dashboard.Address.Port),
            page => Assert.DoesNotContain("eyJ", page.Html, StringComparison.Ordinal));
        Assert.All(alice.SetCookies, cookie => Assert.DoesNotContain("eyJ", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cookie_is_inaccessible_to_scripts_and_other_sites()
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        var cookie = Assert.Single(alice.SetCookies, line => line.StartsWith("tracedemo=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("iss=http%3A%2F%2Fevil.example%2Frealms%2Ftracedemo")]
    [InlineData("iss=")]
    [InlineData("")]
    public async Task A_callback_of_another_or_no_issuer_is_refused(string issuer)
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        var answer = await AnswerAsync(alice, dashboard);
        var forged = System.Text.RegularExpressions.Regex.Replace(
            answer, "iss=[^&]*", issuer, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(answer, forged);
        Assert.Equal("/sign-in-failed", (await alice.GetAsync(forged)).Address.AbsolutePath);
        Assert.Equal(0, dashboard.Tickets.Count);
    }

    [Fact]
    public async Task A_callback_in_another_browser_is_refused()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        using var mallory = dashboard.Visit();
        var answer = await AnswerAsync(alice, dashboard);
        Assert.Equal("/sign-in-failed", (await mallory.GetAsync(answer)).Address.AbsolutePath);
        Assert.Equal(0, dashboard.Tickets.Count);
    }

    [Fact]
    public async Task Signing_out_also_ends_the_session_at_the_provider()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");

        Assert.Equal("/signed-out", (await alice.SubmitAsync("/signout")).Address.AbsolutePath);
        Assert.Equal(0, dashboard.Tickets.Count);
        Assert.Contains("kc-form-login", (await alice.GetAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_out_without_the_antiforgery_token_does_nothing()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.BadRequest, (await alice.PostAsync("/signout")).Status);
        Assert.Equal(1, dashboard.Tickets.Count);
    }

    [Fact]
    public async Task Tokens_are_renewed_in_time_and_once_for_all_waiting_requests()
    {
        var clock = ManualTime.Calendar();
        await using var dashboard = await DashboardHost.StartAsync(clock);
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        var first = await TokenOfAsync(dashboard, alice);
        clock.Advance(TimeSpan.FromSeconds(280));

        // A second use of the same refresh token would end the session, and the next page would be the login form.
        var pages = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(dashboard.Address, "/traces")))));
        Assert.All(pages, page => Assert.Equal(HttpStatusCode.OK, page.Status));
        Assert.NotEqual(first, await TokenOfAsync(dashboard, alice));
    }

    [Fact]
    public async Task While_the_provider_is_unavailable_a_person_stays_signed_in_until_the_token_expires()
    {
        var clock = ManualTime.Calendar();
        await using var dashboard = await DashboardHost.StartAsync(clock);
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        await dashboard.Identity.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(290));
        Assert.Equal(HttpStatusCode.OK, (await VisitAsync()).Status);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.Redirect, (await VisitAsync()).Status);

        Task<Page> VisitAsync() => alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(dashboard.Address, "/traces")));
    }

    private static async Task<string> TokenOfAsync(DashboardHost dashboard, Visitor person)
    {
        await person.SubmitAsync("/try", ("_handler", "try"), ("Form.Document", "DOC-005"));
        return dashboard.Gateway.Calls.Last().Token;
    }

    /// <summary>The provider's answer to the sign-in, not yet delivered.</summary>
    internal static async Task<string> AnswerAsync(Visitor person, DashboardHost dashboard)
    {
        var login = await person.GetAsync("/");
        var sent = await person.SendAsync(new HttpRequestMessage(HttpMethod.Post, login.FormAction)
        {
            Content = new FormUrlEncodedContent(
                [KeyValuePair.Create("username", "alice"), KeyValuePair.Create("password", "alice"),
                    KeyValuePair.Create("credentialId", "")]),
        });
        var location = sent.Response.Headers.Location!;
        Assert.Equal(dashboard.Address.Port, location.Port);
        return location.PathAndQuery;
    }
}
