namespace TraceDemo.Tests.EndToEnd;

/// <summary>The system as real processes.</summary>
public sealed class RunningSystem : SystemUnderTest
{
    public override ProcessHost Host => (ProcessHost)base.Host;

    protected override async Task<SystemHost> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await ProcessHost.StartAsync(settings);
}
