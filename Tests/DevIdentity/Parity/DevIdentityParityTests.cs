namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>Both providers are asked the same; both must answer as recorded.</summary>
public sealed class DevIdentityParityTests(DevIdentityReplay fixture) : IClassFixture<DevIdentityReplay>
{
    public static TheoryData<int, string> Cases =>
        [.. RecordedCase.All.Select(recorded => new TheoryDataRow<int, string>(recorded.Line, recorded.Name))];

    [Theory, MemberData(nameof(Cases))]
    public void DevIdentity_responds_as_the_recorded_Keycloak(int line, string name)
    {
        Assert.Equal(name, RecordedCase.All[line].Name);
        fixture.Replay!.Judge(RecordedCase.All[line]);
    }

    [Fact]
    public void Every_line_of_the_recording_is_compared() => Assert.Equal(118, RecordedCase.All.Count);
}
