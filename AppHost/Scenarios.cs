using System.Globalization;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.AppHost;

/// <summary>The four scenarios as a command of Aspire's dashboard: the same that <c>Standalone -- demo</c> plays.</summary>
internal static class Scenarios
{
    public const string Command = "run-scenarios";

    public static void WithScenarios(
        this IResourceBuilder<ProjectResource> dashboard, Identity identity, Secrets secrets, IResourceBuilder<ProjectResource> gateway, IResourceBuilder<ProjectResource> documentService) =>
        dashboard.WithCommand(
            Command,
            "Run the four scenarios",
            async context =>
            {
                var output = new StringWriter(CultureInfo.InvariantCulture);
                var system = new InstanceState(
                    Environment.ProcessId,
                    dashboard.Http().Url,
                    gateway.Http().Url,
                    documentService.Http().Url,
                    await identity.Issuer.GetValueAsync(context.CancellationToken) ?? "",
                    await secrets.Client("agent-gpt4").Resource.GetValueAsync(context.CancellationToken) ?? "");
                return await new DemoRun(system, output).PlayAsync(context.CancellationToken)
                    ? CommandResults.Success("All four as they should be.", output.ToString())
                    : CommandResults.Failure("Not all four as they should be.", output.ToString());
            },
            new CommandOptions { IconName = "Play", IsHighlighted = true, Description = "Alice reads a document herself and through two agents; an agent tries it without a person." });
}
