using TraceDemo.Tests.Dashboard;

[assembly: AssemblyFixture(typeof(SharedDashboard))]

namespace TraceDemo.Tests.Dashboard;

/// <summary>One Dashboard with its provider for all tests that leave nothing behind in it.</summary>
public sealed class SharedDashboard : IAsyncLifetime
{
    private readonly Lazy<Task<DashboardHost>> _host = new(() => DashboardHost.StartAsync());

    internal Task<DashboardHost> Host => _host.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_host.IsValueCreated)
        {
            await (await _host.Value).DisposeAsync();
        }
    }
}
