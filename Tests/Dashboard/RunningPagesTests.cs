using System.Net;
using TraceDemo.Tests.EndToEnd;

namespace TraceDemo.Tests.Dashboard;

/// <summary>The pages on the real system, with whatever its services have sent since they started.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class RunningPagesTests(RunningSystem system)
{
    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    public async Task Every_page_and_every_listed_trace_opens(string person)
    {
        using var visitor = new Visitor(system.Dashboard);
        Assert.Equal(HttpStatusCode.OK, (await visitor.SignInAsync(person)).Status);
        foreach (var address in new[] { "/", "/try", "/traces", "/traces?outcome=none", "/signed-out", "/sign-in-failed" })
        {
            Assert.Equal((address, HttpStatusCode.OK), (address, (await visitor.GetAsync(address)).Status));
        }

        foreach (var address in (await visitor.GetAsync("/traces")).Links("/traces/").Take(20))
        {
            Assert.Equal((address, HttpStatusCode.OK), (address, (await visitor.GetAsync(address)).Status));
            Assert.Equal((address, HttpStatusCode.OK), (address, (await visitor.GetAsync($"{address}/raw")).Status));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/try")]
    [InlineData("/traces")]
    public async Task Anonymous_visitors_are_asked_to_sign_in(string address)
    {
        using var stranger = new Visitor(system.Dashboard);
        Assert.Contains("kc-form-login", (await stranger.GetAsync(address)).Html, StringComparison.Ordinal);
    }
}
