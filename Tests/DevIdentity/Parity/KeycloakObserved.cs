namespace TraceDemo.Tests.DevIdentity.Parity;

public sealed class KeycloakObserved(SharedKeycloak keycloak) : IAsyncLifetime
{
    internal string? Authority => keycloak.Running?.ObservedAuthority;

    internal IReadOnlyDictionary<string, string> Sessions { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Authority is not { } authority)
        {
            return;
        }
        using var conversation = new SessionConversation(KeycloakReplay.InTrueTime(authority));
        Sessions = await conversation.RunAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
