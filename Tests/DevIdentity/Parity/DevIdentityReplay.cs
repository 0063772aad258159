namespace TraceDemo.Tests.DevIdentity.Parity;

public sealed class DevIdentityReplay : IAsyncLifetime
{
    private DevIdentityHost? _host;

    internal Replay? Replay { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var clock = ManualTime.Calendar();
        _host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = clock });
        Replay = await Replay.RunAsync(new IdentityUnderTest(_host.Authority, time => Pass(clock, time), CanWaitMinutes: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private static Task Pass(ManualTime clock, TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}
