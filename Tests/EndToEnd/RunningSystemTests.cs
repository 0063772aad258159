using System.Net;

namespace TraceDemo.Tests.EndToEnd;

/// <summary>Processes that are killed and come back.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class RunningSystemTests(RunningSystem system)
{
    [Fact]
    public async Task Every_service_is_alive_and_healthy()
    {
        foreach (var address in new[] { system.Dashboard, system.Gateway, system.UserService, system.AgentService, system.DocumentService })
        {
            using var answer = await system.SendAsync(HttpMethod.Get, new Uri(address, "/health"), token: null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_crashed_service_restarts_at_the_same_address()
    {
        await system.Host.CrashAsync("gateway");

        using var answer = await system.SendAsync(HttpMethod.Get, new Uri(system.Gateway, "/health"), token: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_stopped_service_stays_down_until_it_is_started()
    {
        await system.Host.StopAsync("agent-service");
        await Assert.ThrowsAsync<HttpRequestException>(
            () => system.SendAsync(HttpMethod.Get, new Uri(system.AgentService, "/health"), token: null));

        await system.Host.StartAgainAsync("agent-service");

        using var answer = await system.SendAsync(HttpMethod.Get, new Uri(system.AgentService, "/health"), token: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("user-service")]
    [InlineData("agent-service")]
    [InlineData("document-service")]
    public async Task A_crashed_service_is_restarted_and_serves_again(string service)
    {
        var token = await system.SignInAsync("alice");
        await system.Host.CrashAsync(service);

        await system.UntilGrantedAsync(token);
    }
}
