using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Tests.Framework.Hosts;
using TraceDemo.Tests.Framework.Processes;

namespace TraceDemo.AppHost.Tests;

/// <summary>
/// The system as AppHost describes it: Keycloak and Redis in containers, the services as processes. Where no container can be started it is
/// the same model without them: the development provider, and state in memory.
/// </summary>
public sealed class AspireHost : SystemHost
{
    // Images may have to be fetched first.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Those that the recorded requests were made with.</summary>
    private static readonly Dictionary<string, string> Secrets = new[]
    {
        "dashboard", "gateway", "user-service", "agent-service", "document-service", "agent-gpt4", "agent-claude",
        "agent-summarizer", "agent-reviewer",
    }.ToDictionary(client => client, client => $"dev-only-{client}");

    private readonly LogLines _logs;

    private AspireHost(DistributedApplication app, LogLines logs) => (App, _logs) = (app, logs);

    /// <summary>Why this is the model without containers, or null.</summary>
    public static string? Embedded => ContainerRuntime.Missing;

    public override bool HasProxies => true;

    public override string Authority => new Uri(App.GetEndpoint(ProviderName, "http"), "/realms/tracedemo").AbsoluteUri;

    public override bool IsKeycloak => Resource(ProviderName) is KeycloakResource;

    public override string ProviderName => Embedded is null ? "keycloak" : "identity";

    public override IReadOnlyCollection<string> Output => _logs.Lines;

    internal DistributedApplication App { get; }

    public static async Task<AspireHost> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        // Ports chosen anew would make another issuer than the realm's.
        string[] arguments = ["DcpPublisher:RandomizePorts=false", $"EMBEDDED={Embedded is not null}",
            .. Secrets.Select(secret => $"Parameters:{secret.Key}-secret={secret.Value}")];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments, CancellationToken.None);
        foreach (var project in builder.Resources.OfType<ProjectResource>().Select(builder.CreateResourceBuilder))
        {
            foreach (var (name, value) in settings)
            {
                project.WithEnvironment(name, value);
            }
        }

        // What a developer keeps between two runs is none of a test's business.
        foreach (var volume in builder.Resources.SelectMany(
            resource => resource.Annotations.OfType<ContainerMountAnnotation>().Select(mount => (resource, mount))).ToList())
        {
            volume.resource.Annotations.Remove(volume.mount);
        }
        var logs = new LogLines();
        builder.Services.AddLogging(logging => logging.AddProvider(logs));
        var host = new AspireHost(await builder.BuildAsync(), logs);
        await host.HealthyAsync();
        return host;
    }

    public override Uri Address(string service) => App.GetEndpoint(service, "http");

    public override string ClientSecret(string clientId) => Secrets[clientId];

    public override async Task StopAsync(string name)
    {
        await CommandAsync(name, KnownResourceCommands.StopCommand);
        await App.ResourceNotifications.WaitForResourceAsync(
            name, KnownResourceStates.TerminalStates, TestContext.Current.CancellationToken).WaitAsync(WaitTimeout);
    }

    public override async Task StartAgainAsync(string name)
    {
        await CommandAsync(name, KnownResourceCommands.StartCommand);
        await App.ResourceNotifications.WaitForResourceHealthyAsync(name, TestContext.Current.CancellationToken).WaitAsync(WaitTimeout);
    }

    public override ValueTask DisposeAsync() => App.DisposeAsync();

    internal IResource Resource(string name) =>
        App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    internal async Task<ExecuteCommandResult> CommandAsync(string name, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(Resource(name), command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"{command} of {name}: {result.Message}");
        return result;
    }

    private async Task HealthyAsync()
    {
        await App.StartAsync().WaitAsync(WaitTimeout);
        string[] services = ["dashboard", "gateway", "user-service", "agent-service", "document-service"];
        await Task.WhenAll(services.Concat(Embedded is null ? [ProviderName, "redis"] : [ProviderName])
            .Select(name => App.ResourceNotifications.WaitForResourceHealthyAsync(name))).WaitAsync(WaitTimeout);
    }
}
