namespace TraceDemo.Tests.DevIdentity.Parity;

public sealed class DevIdentityObserved : IAsyncLifetime
{
    private readonly ManualTime _clock = ManualTime.Calendar();
    private DevIdentityHost _host = null!;

    internal string Authority => _host.Authority;

    internal IReadOnlyDictionary<string, string> Sessions { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = _clock, Realm = ObservedRealm.Change });
        using var conversation = new SessionConversation(new IdentityUnderTest(Authority, Pass, CanWaitMinutes: true));
        Sessions = await conversation.RunAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task Pass(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
