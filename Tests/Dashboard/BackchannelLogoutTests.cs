using System.Net;

namespace TraceDemo.Tests.Dashboard;

public sealed class BackchannelLogoutTests
{
    [Fact]
    public async Task Signing_out_at_the_provider_signs_out_that_person_here_and_no_other()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        using var bob = dashboard.Visit();
        await alice.SignInAsync("alice");
        await bob.SignInAsync("bob");

        await alice.SignOutAtProviderAsync(dashboard.Identity.Authority);

        Assert.Equal(1, dashboard.Tickets.Count);
        Assert.Contains("kc-form-login", (await alice.GetAsync("/traces")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/traces")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not.a.token")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoibG9nb3V0K2p3dCJ9.eyJzdWIiOiJhbGljZSJ9.")]
    public async Task A_logout_token_not_signed_by_the_provider_ends_nothing(string token)
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.BadRequest, (await alice.PostAsync("/signout-backchannel", ("logout_token", token))).Status);
        Assert.Equal(1, dashboard.Tickets.Count);
    }
}
