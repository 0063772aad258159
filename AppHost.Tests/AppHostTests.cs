using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace TraceDemo.AppHost.Tests;

/// <summary>What only the application host does.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class AppHostTests(RunningSystem system)
{
    private static readonly string[] Services = ["dashboard", "gateway", "user-service", "agent-service", "document-service"];

    [Fact]
    public async Task The_dashboard_command_runs_the_four_scenarios()
    {
        var result = await system.Host.CommandAsync("dashboard", Scenarios.Command);

        Assert.Contains("missing: engineering", result.Data?.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(system.Host.ClientSecret("agent-gpt4"), result.Data?.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_values_stay_redacted_in_development()
    {
        foreach (var service in Services)
        {
            var environment = await EnvironmentAsync(service);
            Assert.Equal("false", environment["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"]);
            Assert.Equal("false", environment["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"]);
        }
    }

    [Fact]
    public async Task A_service_cannot_write_the_Redis_keys_of_another_service()
    {
        Assert.SkipWhen(AspireHost.Embedded is not null, $"{AspireHost.Embedded}");
        using var redis = await ConnectionMultiplexer.ConnectAsync((await EnvironmentAsync("gateway"))["ConnectionStrings__redis"]);

        Assert.True(await redis.GetDatabase().StringSetAsync("tracedemo:gateway:test", "mine", TimeSpan.FromMinutes(1)));
        var refusal = await Assert.ThrowsAsync<RedisServerException>(
            () => redis.GetDatabase().StringSetAsync("tracedemo:user-service:test", "mine", TimeSpan.FromMinutes(1)));
        Assert.StartsWith("NOPERM", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_two_services_share_a_secret()
    {
        var environments = await Task.WhenAll(Services.Select(EnvironmentAsync));
        string[] own = ["Identity__ClientSecret", "Dashboard__OtlpApiKey",
            .. AspireHost.Embedded is null ? ["ConnectionStrings__redis", "Redis__Key"] : Array.Empty<string>()];
        foreach (var name in own)
        {
            Assert.Distinct(environments.Select(environment => environment[name]));
        }
        Assert.Single(environments.Select(environment => environment["Telemetry__PseudonymKey"]).Distinct());
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(string service)
    {
        var services = system.Host.App.Services;
        var configuration = await ExecutionConfigurationBuilder.Create(system.Host.Resource(service)).WithEnvironmentVariablesConfig()
            .BuildAsync(services.GetRequiredService<DistributedApplicationExecutionContext>(),
                cancellationToken: TestContext.Current.CancellationToken);
        return configuration.EnvironmentVariables.ToDictionary();
    }
}
