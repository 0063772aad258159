namespace TraceDemo.Tests.DevIdentity;

/// <summary>One provider for a whole test class whose tests leave nothing behind.</summary>
public sealed class SharedDevIdentity : IAsyncLifetime
{
    internal DevIdentityHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await DevIdentityHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
