using TraceDemo.Tests.Framework.Parity;

namespace TraceDemo.AppHost.Tests;

/// <summary>The recorded requests for tokens, sent once to the provider that AppHost starts.</summary>
public sealed class TokenReplay(RunningSystem system) : IAsyncLifetime
{
    internal Replay? Replay { get; private set; }

    public async ValueTask InitializeAsync() =>
        Replay = await Replay.RunTokensAsync(new IdentityUnderTest(system.Host.Authority, _ => Task.CompletedTask, CanWaitMinutes: false));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
