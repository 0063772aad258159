namespace TraceDemo.Tests.DevIdentity.Parity;

public sealed class KeycloakReplay(SharedKeycloak keycloak) : IAsyncLifetime
{
    internal Replay? Replay { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (keycloak.Running is { } running)
        {
            Replay = await Replay.RunAsync(InTrueTime(running.Authority));
        }
    }

    internal static IdentityUnderTest InTrueTime(string authority) =>
        new(authority, time => Task.Delay(time, TestContext.Current.CancellationToken), CanWaitMinutes: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
