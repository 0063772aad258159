using System.Globalization;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

namespace TraceDemo.AppHost;

/// <summary>The four scenarios as a command of Aspire's dashboard: the same as <c>Standalone -- demo</c>.</summary>
internal static class Scenarios
{
    public const string Command = "run-scenarios";

    public static void WithScenarios(this Wiring system)
    {
        var dashboard = system[Service.Dashboard];
        dashboard.WithCommand(
            Command,
            "Run the four scenarios",
            async context =>
            {
                var output = new StringWriter(CultureInfo.InvariantCulture);
                var running = new InstanceState(
                    Environment.ProcessId,
                    dashboard.Http().Url,
                    system[Service.Gateway].Http().Url,
                    system[Service.DocumentService].Http().Url,
                    await system.Identity!.Issuer.GetValueAsync(context.CancellationToken) ?? "",
                    await system.Secrets[SecretNames.Client("agent-gpt4")].Resource.GetValueAsync(context.CancellationToken) ?? "");
                return await new DemoRun(running, output).PlayAsync(context.CancellationToken)
                    ? CommandResults.Success("All four scenarios behaved as expected.", output.ToString())
                    : CommandResults.Failure("Some scenarios did not behave as expected.", output.ToString());
            },
            new CommandOptions
            {
                IconName = "Play",
                IsHighlighted = true,
                Description = "Alice reads a document directly and through two agents; an agent requests one without a person."
            });
    }
}
