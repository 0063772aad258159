using TraceDemo.Standalone.Demo;

namespace TraceDemo.Tests.Standalone;

public sealed class DemoPeopleTests
{
    private const string Realm = """
        {"realm":"x","users":[
          {"username":"ann","enabled":true,"groups":["/finance","/admin"],"credentials":[{"type":"password","value":"ann"}]},
          {"username":"ben","enabled":true,"groups":["/hr"],"credentials":[{"type":"password","value":"ben"}]},
          {"username":"eve","enabled":true,"groups":["/admin"],"credentials":[{"type":"password","value":"a-real-password"}]},
          {"username":"gone","enabled":false,"groups":["/admin"],"credentials":[{"type":"password","value":"gone"}]},
          {"username":"keyed","enabled":true,"groups":[],"credentials":[]}]}
        """;

    [Fact]
    public void People_who_can_sign_in_are_listed_with_departments() =>
        Assert.Equal("sign in as ann (finance, admin) or ben (hr); each password equals the user name", DemoPeople.Read(Realm).HowToSignIn);

    [Fact]
    public void The_four_people_of_the_included_realm_are_listed() => Assert.Equal(
        "sign in as alice (engineering, finance), bob (finance, admin), carol (hr) or david (engineering); "
        + "each password equals the user name",
        DemoPeople.OfRepository.HowToSignIn);

    [Theory]
    [InlineData("ben", "ben and ann (admin)")]
    [InlineData(null, "ann (admin) only, because no person takes part")]
    public void A_trace_opens_for_its_person_and_for_administrators(string? person, string sentence) =>
        Assert.Equal(sentence, DemoPeople.Read(Realm).WhoMayOpen(person));
}
