namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>Redirect addresses and the life of sessions, on both providers, as they were seen on Keycloak.</summary>
public sealed class DevIdentityObservedTests(DevIdentityObserved fixture) : IClassFixture<DevIdentityObserved>
{
    public static TheoryData<string, string, bool> SignIn => RedirectCases.SignIn;

    public static TheoryData<string, string, bool> SignOut => RedirectCases.SignOut;

    public static TheoryData<string> Sessions => [.. SessionConversation.Expected.Keys];

    [Theory, MemberData(nameof(SignIn))]
    public Task DevIdentity_sends_a_code_where_Keycloak_does(string client, string uri, bool accepted) =>
        RedirectCases.JudgeSignInAsync(fixture.Authority, client, uri, accepted);

    [Theory, MemberData(nameof(SignOut))]
    public Task DevIdentity_redirects_after_sign_out_where_Keycloak_does(string client, string uri, bool accepted) =>
        RedirectCases.JudgeSignOutAsync(fixture.Authority, client, uri, accepted);

    [Fact]
    public Task DevIdentity_redeems_a_code_with_the_same_port_only() => RedirectCases.JudgePortAsync(fixture.Authority);

    [Theory, MemberData(nameof(Sessions))]
    public void DevIdentity_extends_a_session_when_Keycloak_does(string use) =>
        Assert.Equal(SessionConversation.Expected[use], fixture.Sessions[use]);
}
