using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>Which addresses Keycloak 26.7.5 sends a code, or a person who has signed out, to; each was seen.</summary>
internal static class RedirectCases
{
    public static TheoryData<string, string, bool> SignIn { get; } =
    [
        .. Of("dashboard", true, "http://localhost:5000/signin"),
        .. Of(
            "dashboard", false, "http://localhost:5000/signin/", "http://localhost:5000/signin?x=1", "http://localhost:5000/signin#x",
            "http://localhost:5001/signin",
            "http://localhost/signin", "http://127.0.0.1:5000/signin", "http://LOCALHOST:5000/signin", "HTTP://localhost:5000/signin",
            "https://localhost:5000/signin",
            "http://localhost:05000/signin", "http://localhost:5000/x/../signin", "http://u@localhost:5000/signin",
            "http://localhost:5000/", "http://localhost:5000//evil.example/"),
        .. Of(
            "tracedemo-cli", true, "http://127.0.0.1/callback", "http://127.0.0.1:49152/callback", "http://localhost/callback",
            "http://localhost:49152/callback",
            "http://[::1]/callback", "http://[::1]:49152/callback", "http://127.0.0.1:00080/callback"),
        .. Of(
            "tracedemo-cli", false, "http://127.0.0.1:49152/other", "http://127.0.0.1:49152/callback/x",
            "http://127.0.0.1:49152/callback?x=1", "http://127.0.0.1:49152/callback#x",
            "https://127.0.0.1:49152/callback", "http://127.0.0.2:49152/callback", "http://LOCALHOST:49152/callback",
            "http://localhost.evil.example:49152/callback",
            "http://127.0.0.1:80@evil.example/callback", "http://127.0.0.1:x/callback", "http://127.0.0.1:49152/x/../callback",
            "http://localhost:5000//evil.example/"),
        .. Of("with-port", true, "http://127.0.0.1:8400/callback"),
        .. Of("with-port", false, "http://127.0.0.1:8401/callback", "http://127.0.0.1/callback"),
        .. Of("star-port", false, "http://127.0.0.1:8400/callback", "http://127.0.0.1/callback"),
        .. Of("any-path", true, "http://127.0.0.1:8400/callback", "http://127.0.0.1/a/b", "http://127.0.0.1:1234",
            "http://127.0.0.1:1234/a?x=1"),
        .. Of(
            "any-path", false, "http://127.0.0.1:1234/a/../b", "http://127.0.0.1:1234/%2e%2e/a", "http://u@127.0.0.1:1234/a",
            "http://127.0.0.1.evil.example/a",
            "http://localhost/a"),
        .. Of("https-loopback", true, "https://localhost/callback"),
        .. Of("https-loopback", false, "https://localhost:9000/callback"),
        .. Of("confidential-native", true, "http://127.0.0.1/callback", "http://127.0.0.1:8400/callback"),
        .. Of("confidential-native", false, "http://127.0.0.1:8400/other"),
    ];

    public static TheoryData<string, string, bool> SignOut { get; } =
    [
        .. Of("dashboard", true, "http://localhost:5000/"),
        .. Of("dashboard", false, "http://localhost:5000", "http://localhost:5000/signin", "http://localhost:5000/?x=1",
            "http://localhost:5000//evil.example/"),
        .. Of("two-after-logout", true, "http://localhost:5000/bye", "http://127.0.0.1/bye", "http://127.0.0.1:99/bye"),
        .. Of("two-after-logout", false, "http://localhost:5000/signin", "http://localhost:5000/bye##http://127.0.0.1/bye"),
        .. Of("plus-after-logout", true, "http://localhost:5000/bye", "http://localhost:5000/signin"),
        .. Of("tracedemo-cli", true, "http://127.0.0.1:49152/callback"),
        .. Of("tracedemo-cli", false, "http://localhost:5000/"),
    ];

    /// <summary>The form, or an explanation that leads nowhere.</summary>
    public static async Task JudgeSignInAsync(string authority, string client, string uri, bool accepted)
    {
        using var browser = new Browser(authority);
        var answer = await browser.GetAsync(browser.AuthorizationUrl(("client_id", client), ("redirect_uri", uri)));
        Assert.Equal((accepted ? 200 : 400, null), (answer.Status, answer.Location));
        Assert.Equal(!accepted, Html.Error(answer.Text) == "Invalid parameter: redirect_uri");
    }

    public static async Task JudgeSignOutAsync(string authority, string client, string uri, bool accepted)
    {
        using var provider = new ProviderClient(authority);
        var answer = await provider.GetAsync($"/logout?client_id={client}&post_logout_redirect_uri={Uri.EscapeDataString(uri)}");
        // Nobody is signed in: Keycloak goes there at once, DevIdentity asks first.
        Assert.Equal(accepted, answer.Status is 200 or 302);
        Assert.Equal(!accepted, Html.Error(answer.Text) == "Invalid redirect uri");
    }

    /// <summary>A code is redeemed with the address it was sent to, port and all.</summary>
    public static async Task JudgePortAsync(string authority)
    {
        using var browser = new Browser(authority);
        using var provider = new ProviderClient(authority);
        Assert.Equal("Incorrect redirect_uri", (await RedeemAsync("http://127.0.0.1:49153/callback")).Description);
        Assert.Equal("Incorrect redirect_uri", (await RedeemAsync("http://127.0.0.1/callback")).Description);
        Assert.Equal(200, (await RedeemAsync("http://127.0.0.1:49152/callback")).Status);

        async Task<ProviderAnswer> RedeemAsync(string redirectUri)
        {
            var answer = await browser.GetAsync(
                browser.AuthorizationUrl(("client_id", "tracedemo-cli"), ("redirect_uri", "http://127.0.0.1:49152/callback")));
            if (answer.Location is null)
            {
                answer = await browser.LogInAsync(answer, "alice");
            }
            Assert.StartsWith("http://127.0.0.1:49152/callback?", answer.Location, StringComparison.Ordinal);
            return await provider.PostAsync("/token", client: null,
            [
                ("grant_type", "authorization_code"), ("client_id", "tracedemo-cli"), ("code", Browser.Query(answer.Location!)["code"]),
                ("redirect_uri", redirectUri), ("code_verifier", Browser.Verifier),
            ]);
        }
    }

    private static IEnumerable<TheoryDataRow<string, string, bool>> Of(string client, bool accepted, params string[] uris) =>
        uris.Select(uri => new TheoryDataRow<string, string, bool>(client, uri, accepted));
}
