using System.Globalization;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

namespace TraceDemo.AppHost;

/// <summary>The four scenarios as a command of Aspire's dashboard: the same that <c>Standalone -- demo</c> plays.</summary>
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
                    ? CommandResults.Success("All four as they should be.", output.ToString())
                    : CommandResults.Failure("Not all four as they should be.", output.ToString());
            },
            new CommandOptions
            {
                IconName = "Play",
                IsHighlighted = true,
                Description = "Alice reads a document herself and through two agents; an agent tries it without a person."
            });
    }
}
