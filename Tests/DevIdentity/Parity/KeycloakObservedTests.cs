namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>See <see cref="KeycloakFixture"/> for when these run.</summary>
[Collection(KeycloakParity.Name)]
public sealed class KeycloakObservedTests(KeycloakObserved fixture) : IClassFixture<KeycloakObserved>
{
    public static TheoryData<string, string, bool> SignIn => RedirectCases.SignIn;

    public static TheoryData<string, string, bool> SignOut => RedirectCases.SignOut;

    public static TheoryData<string> Sessions => DevIdentityObservedTests.Sessions;

    [Theory, MemberData(nameof(SignIn))]
    public Task Keycloak_sends_a_code_to_the_recorded_addresses_only(string client, string uri, bool accepted)
    {
        Assert.SkipWhen(fixture.Authority is null, KeycloakFixture.Missing);
        return RedirectCases.JudgeSignInAsync(fixture.Authority!, client, uri, accepted);
    }

    [Theory, MemberData(nameof(SignOut))]
    public Task Keycloak_redirects_after_sign_out_to_the_recorded_addresses_only(string client, string uri, bool accepted)
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
    public void Keycloak_extends_a_session_as_recorded(string use)
    {
        Assert.SkipWhen(fixture.Authority is null, KeycloakFixture.Missing);
        Assert.Equal(SessionConversation.Expected[use], fixture.Sessions[use]);
    }
}
