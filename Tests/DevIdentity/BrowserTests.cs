namespace TraceDemo.Tests.DevIdentity;

/// <summary>Each test has a DevIdentity of its own, by a clock that the test moves, and a browser there.</summary>
public abstract class BrowserTests : IAsyncLifetime
{
    private protected ManualTime Clock { get; } = ManualTime.Calendar();

    private protected DevIdentityHost Host { get; private set; } = null!;

    private protected Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = Clock });
        Browser = new Browser(Host.Authority);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Browser.Dispose();
        return Host.DisposeAsync();
    }
}
