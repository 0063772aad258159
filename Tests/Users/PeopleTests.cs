
namespace TraceDemo.Tests.Users;

public sealed class PeopleTests : IAsyncLifetime
{
    private UserServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await UserServiceHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_person_gets_their_identity_from_the_token()
    {
        var answer = await _host.SendAsync(
            HttpMethod.Get, "/users/me", UserServiceHost.Alice with { Groups = ["/finance", "/engineering", "/hr/admin"] });

        Assert.Equal((200, "alice"), (answer.Status, answer.Body.GetProperty("userName").GetString()));
        Assert.Equal(["engineering", "finance"],
            answer.Body.GetProperty("departments").EnumerateArray().Select(department => department.GetString()));
    }

    [Theory]
    [InlineData("nobody", 401, "token_missing")]
    [InlineData("past the gateway", 403, "caller_not_accepted")]
    [InlineData("an agent", 403, "caller_not_accepted")]
    [InlineData("the gateway as itself", 403, "delegation_required")]
    [InlineData("a service account with a session", 403, "delegation_required")]
    [InlineData("with the gateway's own token", 401, "audience_invalid")]
    [InlineData("with a token for two", 401, "audience_invalid")]
    public async Task Other_callers_are_refused_at_every_endpoint(string who, int status, string reason)
    {
        var token = who switch
        {
            "nobody" => null,
            "past the gateway" => UserServiceHost.Alice with { Client = "dashboard" },
            "an agent" => UserServiceHost.Alice with { Client = "agent-gpt4" },
            "the gateway as itself" => TestToken.Service("gateway", "user-service", "profile"),
            "a service account with a session" =>
                TestToken.Service("gateway", "user-service", "profile") with { SessionId = "s", ClientIdClaim = null },
            "with the gateway's own token" => UserServiceHost.Alice with { Audience = "gateway" },
            _ => UserServiceHost.Alice with { Audience = new[] { "user-service", "document-service" } },
        };

        Answer[] answers =
        [
            await _host.SendAsync(HttpMethod.Get, "/users/me", token),
            await _host.SendAsync(HttpMethod.Post, "/access", token, new { documentId = "DOC-001" }),
            await _host.SendAsync(HttpMethod.Post, "/delegate", token, new { agentId = "gpt4", documentId = "DOC-001" }),
        ];

        Assert.All(answers, answer => Assert.Equal((status, reason), (answer.Status, answer.Reason)));
        Assert.Empty(_host.Exchanges);
    }
}
