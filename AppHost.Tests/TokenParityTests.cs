using TraceDemo.Tests.Framework.Parity;

namespace TraceDemo.AppHost.Tests;

[Collection(typeof(OnRunningSystem))]
public sealed class TokenParityTests(TokenReplay fixture) : IClassFixture<TokenReplay>
{
    public static TheoryData<int, string> Cases =>
        [.. RecordedCase.All.Where(recorded => recorded.Request is not null)
            .Select(recorded => new TheoryDataRow<int, string>(recorded.Line, recorded.Name))];

    [Theory, MemberData(nameof(Cases))]
    public void The_provider_responds_as_the_recorded_Keycloak(int line, string name)
    {
        Assert.Equal(name, RecordedCase.All[line].Name);
        fixture.Replay!.Judge(RecordedCase.All[line]);
    }
}
