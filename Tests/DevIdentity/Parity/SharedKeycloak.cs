namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>One Keycloak for all that is compared with it; see <see cref="KeycloakFixture"/> for when there is one.</summary>
public sealed class SharedKeycloak : IAsyncLifetime
{
    internal KeycloakFixture? Running { get; private set; }

    public async ValueTask InitializeAsync() => Running = await KeycloakFixture.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Running is not null)
        {
            await Running.DisposeAsync();
        }
    }
}
