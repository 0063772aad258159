using Microsoft.AspNetCore.Builder;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>Tests of endpoints of their own, in a service named gateway that trusts one provider.</summary>
public abstract class OnTestService : IAsyncLifetime
{
    internal TestProvider Provider { get; private set; } = null!;

    internal TestService Service { get; private set; } = null!;

    /// <summary>The clock of both; where there is none, the system's.</summary>
    internal virtual ManualTime? Time => null;

    public virtual async ValueTask InitializeAsync()
    {
        Provider = await TestProvider.StartAsync(Time);
        Service = await TestService.StartAsync(Provider, "gateway", Map, time: Time);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract void Map(WebApplication app);
}
