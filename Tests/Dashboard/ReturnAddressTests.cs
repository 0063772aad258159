using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Where a person is sent after signing in: to the page that was asked for, and never to another host.</summary>
public sealed class ReturnAddressTests(SharedDashboard shared)
{
    [Theory]
    [InlineData("/traces?service=gateway&reason=%2F%2Fx")]
    [InlineData("/traces/")]
    [InlineData("/traces/0123456789abcdef0123456789abcdef")]
    public async Task Signing_in_leads_to_the_requested_page(string address)
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        var login = await alice.GetAsync(address);
        var page = await alice.PostAsync(login.FormAction, ("username", "alice"), ("password", "alice"), ("credentialId", ""));
        Assert.Equal(new Uri(dashboard.Address, address), page.Address);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("//evil.example/?x=/")]
    [InlineData("///evil.example/")]
    [InlineData("////")]
    [InlineData("/.//evil.example/")]
    [InlineData("/%2e//evil.example/")]
    [InlineData("/x/..//evil.example/")]
    [InlineData("/x/%2e%2e//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\\/evil.example/")]
    [InlineData("/.\\/evil.example/")]
    [InlineData("/%5cevil.example/")]
    [InlineData("/%5C%5Cevil.example/")]
    [InlineData("/%2fevil.example/")]
    [InlineData("/%2F%2Fevil.example/")]
    [InlineData("/%252fevil.example/")]
    [InlineData("/%09/evil.example/")]
    [InlineData("/%0a/evil.example/")]
    public async Task An_address_that_could_mean_another_host_is_refused(string target)
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        foreach (var cookies in new[] { "", alice.Cookies })
        {
            foreach (var method in new[] { "GET", "POST" })
            {
                var answer = await SendRawAsync(dashboard.Address, method, target, cookies);
                Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("\nLocation:", answer, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("request_invalid", answer, StringComparison.Ordinal);
                Assert.Contains("Content-Security-Policy:", answer, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/.//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("evil.example")]
    public async Task Even_a_state_that_names_another_host_leads_to_the_start_page(string target)
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        var answer = await SignInTests.AnswerAsync(alice, dashboard);
        var states = dashboard.Services.GetRequiredService<IOptionsMonitor<OAuthOptions>>().Get("provider").StateDataFormat;
        var query = QueryHelpers.ParseQuery(answer[answer.IndexOf('?', StringComparison.Ordinal)..]);
        var state = states.Unprotect(query["state"])!;
        state.RedirectUri = target;
        query["state"] = states.Protect(state);

        Assert.Equal(dashboard.Address, (await alice.GetAsync(QueryHelpers.AddQueryString("/signin", query))).Address);
        Assert.Equal(1, dashboard.Tickets.Count);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/try", true)]
    [InlineData("/traces?operation=//x", true)]
    [InlineData("/a//b", true)]
    [InlineData("/é", true)]
    [InlineData("/%41", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("traces", false)]
    [InlineData("\\\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/a/../..//evil.example", false)]
    [InlineData("javascript:alert(1)", false)]
    public void An_address_is_local_only_if_every_interpretation_is_local(string? address, bool local) =>
        Assert.Equal(local, LocalAddress.IsLocal(address));

    /// <summary>The target exactly as given: clients tidy an address before they send it.</summary>
    private static async Task<string> SendRawAsync(Uri dashboard, string method, string target, string cookies)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(dashboard.Host, dashboard.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var cookie = cookies.Length > 0 ? $"Cookie: {cookies}\r\n" : "";
        var request =
            $"{method} {target} HTTP/1.1\r\nHost: {dashboard.Authority}\r\n{cookie}Content-Length: 0\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
