using TraceDemo.Tests.Framework.Processes;

namespace TraceDemo.AppHost.Tests;

/// <summary>The system as Aspire runs it.</summary>
public sealed class RunningSystem : SystemUnderTest
{
    public override AspireHost Host => (AspireHost)base.Host;

    protected override async Task<SystemHost> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await AspireHost.StartAsync(settings);
}
