namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>See <see cref="KeycloakFixture"/> for when these run.</summary>
[Collection(KeycloakParity.Name)]
public sealed class KeycloakParityTests(KeycloakReplay fixture) : IClassFixture<KeycloakReplay>
{
    public static TheoryData<int, string> Cases => DevIdentityParityTests.Cases;

    [Theory, MemberData(nameof(Cases))]
    public void Keycloak_responds_as_recorded(int line, string name)
    {
        Assert.SkipWhen(fixture.Replay is null, KeycloakFixture.Missing);
        Assert.Equal(name, RecordedCase.All[line].Name);
        fixture.Replay!.Judge(RecordedCase.All[line]);
    }
}
