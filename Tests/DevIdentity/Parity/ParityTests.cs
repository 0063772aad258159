namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>Both providers are asked the same; both must answer as recorded.</summary>
public sealed class DevIdentityParityTests(DevIdentityReplay fixture) : IClassFixture<DevIdentityReplay>
{
    public static TheoryData<int, string> Cases => [.. RecordedCase.All.Select(recorded => new TheoryDataRow<int, string>(recorded.Line, recorded.Name))];

    [Theory, MemberData(nameof(Cases))]
    public void DevIdentity_answers_as_Keycloak_was_recorded(int line, string name)
    {
        Assert.Equal(name, RecordedCase.All[line].Name);
        fixture.Replay!.Judge(RecordedCase.All[line]);
    }

    [Fact]
    public void Every_line_of_the_recording_is_judged() => Assert.Equal(118, RecordedCase.All.Count);
}

/// <summary>See <see cref="KeycloakFixture"/> for when these run.</summary>
[Collection(KeycloakParity.Name)]
public sealed class KeycloakParityTests(KeycloakReplay fixture) : IClassFixture<KeycloakReplay>
{
    public static TheoryData<int, string> Cases => DevIdentityParityTests.Cases;

    [Theory, MemberData(nameof(Cases))]
    public void Keycloak_answers_as_it_was_recorded(int line, string name)
    {
        Assert.SkipWhen(fixture.Replay is null, KeycloakFixture.Missing);
        Assert.Equal(name, RecordedCase.All[line].Name);
        fixture.Replay!.Judge(RecordedCase.All[line]);
    }
}

public sealed class DevIdentityReplay : IAsyncLifetime
{
    private DevIdentityHost? _host;

    internal Replay? Replay { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var clock = new ManualClock();
        _host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = clock });
        Replay = await Replay.RunAsync(new IdentityUnderTest(_host.Authority, time => Pass(clock, time), CanWaitMinutes: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) { await _host.DisposeAsync(); }
    }

    private static Task Pass(ManualClock clock, TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class KeycloakReplay(SharedKeycloak keycloak) : IAsyncLifetime
{
    internal Replay? Replay { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (keycloak.Running is { } running) { Replay = await Replay.RunAsync(InTrueTime(running.Authority)); }
    }

    internal static IdentityUnderTest InTrueTime(string authority) => new(authority, time => Task.Delay(time, TestContext.Current.CancellationToken), CanWaitMinutes: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
