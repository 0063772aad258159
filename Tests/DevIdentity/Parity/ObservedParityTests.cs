namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>Redirect addresses and the life of sessions, on both providers, as they were seen on Keycloak.</summary>
public sealed class DevIdentityObservedTests(DevIdentityObserved fixture) : IClassFixture<DevIdentityObserved>
{
    public static TheoryData<string, string, bool> SignIn => RedirectCases.SignIn;

    public static TheoryData<string, string, bool> SignOut => RedirectCases.SignOut;

    public static TheoryData<string> Sessions => [.. SessionConversation.Expected.Keys];

    [Theory, MemberData(nameof(SignIn))]
    public Task DevIdentity_sends_a_code_where_Keycloak_does(string client, string uri, bool accepted) => RedirectCases.JudgeSignInAsync(fixture.Authority, client, uri, accepted);

    [Theory, MemberData(nameof(SignOut))]
    public Task DevIdentity_sends_who_has_signed_out_where_Keycloak_does(string client, string uri, bool accepted) => RedirectCases.JudgeSignOutAsync(fixture.Authority, client, uri, accepted);

    [Fact]
    public Task DevIdentity_redeems_a_code_with_the_same_port_only() => RedirectCases.JudgePortAsync(fixture.Authority);

    [Theory, MemberData(nameof(Sessions))]
    public void DevIdentity_prolongs_a_session_when_Keycloak_does(string use) => Assert.Equal(SessionConversation.Expected[use], fixture.Sessions[use]);
}

/// <summary>See <see cref="KeycloakFixture"/> for when these run.</summary>
[Collection(KeycloakParity.Name)]
public sealed class KeycloakObservedTests(KeycloakObserved fixture) : IClassFixture<KeycloakObserved>
{
    public static TheoryData<string, string, bool> SignIn => RedirectCases.SignIn;

    public static TheoryData<string, string, bool> SignOut => RedirectCases.SignOut;

    public static TheoryData<string> Sessions => DevIdentityObservedTests.Sessions;

    [Theory, MemberData(nameof(SignIn))]
    public Task Keycloak_sends_a_code_there_and_nowhere_else(string client, string uri, bool accepted)
    {
        Assert.SkipWhen(fixture.Authority is null, KeycloakFixture.Missing);
        return RedirectCases.JudgeSignInAsync(fixture.Authority!, client, uri, accepted);
    }

    [Theory, MemberData(nameof(SignOut))]
    public Task Keycloak_sends_who_has_signed_out_there_and_nowhere_else(string client, string uri, bool accepted)
    {
        Assert.SkipWhen(fixture.Authority is null, KeycloakFixture.Missing);
        return RedirectCases.JudgeSignOutAsync(fixture.Authority!, client, uri, accepted);
    }

    [Fact]
    public Task Keycloak_redeems_a_code_with_the_same_port_only()
    {
        Assert.SkipWhen(fixture.Authority is null, KeycloakFixture.Missing);
        return RedirectCases.JudgePortAsync(fixture.Authority!);
    }

    [Theory, MemberData(nameof(Sessions))]
    public void Keycloak_prolongs_a_session_as_it_was_seen(string use)
    {
        Assert.SkipWhen(fixture.Authority is null, KeycloakFixture.Missing);
        Assert.Equal(SessionConversation.Expected[use], fixture.Sessions[use]);
    }
}

public sealed class DevIdentityObserved : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
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

public sealed class KeycloakObserved(SharedKeycloak keycloak) : IAsyncLifetime
{
    internal string? Authority => keycloak.Running?.ObservedAuthority;

    internal IReadOnlyDictionary<string, string> Sessions { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Authority is not { } authority) { return; }
        using var conversation = new SessionConversation(KeycloakReplay.InTrueTime(authority));
        Sessions = await conversation.RunAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
