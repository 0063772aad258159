using System.Net.Http.Json;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.EndToEnd;

/// <summary>The negative-token matrix: at every service, a token that is right but for one thing.</summary>
public sealed class ForgedTokenTests(ForgeableSystem system) : IClassFixture<ForgeableSystem>
{
    private static readonly Hop[] Hops =
    [
        new(Service.Gateway, "GET", "/api/users/me", new() { Audience = "gateway", Client = "tracedemo-cli" }),
        new(Service.UserService, "GET", "/users/me", new() { Audience = "user-service", Client = "gateway", Scope = "profile" }),
        new(Service.AgentService, "POST", "/agents/gpt4/access",
            new() { Audience = new[] { "agent-service", "agent-gpt4" }, Client = "user-service", Scope = "profile agents:invoke" }),
        new(Service.DocumentService, "POST", "/access",
            new() { Audience = "document-service", Client = "user-service", Scope = "profile documents:read" }),
    ];

    public static TheoryData<string, string, int, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int, string>();
            foreach (var hop in Hops)
            {
                foreach (var (wrong, status, reason) in Wrongs(hop))
                {
                    cases.Add(hop.Service.Name, wrong, status, reason);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_token_with_one_defect_is_refused_everywhere(string service, string wrong, int status, string reason)
    {
        var hop = Hops.Single(hop => hop.Service.Name == service);
        var token = wrong == "foreign key" ? system.Provider.SignWithForeignKey(hop.Good) : system.Provider.Sign(Spoil(hop.Good, wrong));

        (await SendAsync(hop, token)).IsRefused(status, reason);
    }

    [Fact]
    public async Task The_same_tokens_without_the_defect_pass_validation_everywhere()
    {
        foreach (var hop in Hops)
        {
            Assert.NotEqual(401, (await SendAsync(hop, system.Provider.Sign(hop.Good))).Status);
        }
    }

    private static IEnumerable<(string Wrong, int Status, string Reason)> Wrongs(Hop hop)
    {
        yield return ("expired", 401, "token_expired");
        yield return ("issuer", 401, "issuer_invalid");
        yield return ("audience", 401, "audience_invalid");
        yield return ("one audience more", 401, "audience_invalid");
        yield return ("type", 401, "token_invalid");
        yield return ("unsigned", 401, "token_invalid");
        yield return ("symmetric", 401, "token_invalid");
        yield return ("foreign key", 401, "token_invalid");
        yield return ("act", 401, "token_invalid");
        yield return ("no person", 403, "delegation_required");
        yield return ("service account with a session", 403, "delegation_required");
        // Here every other client is an agent, and one that nobody knows.
        yield return ("client", 403, hop.Service == Service.DocumentService ? "agent_unknown" : "caller_not_accepted");
        if (hop.Service == Service.AgentService || hop.Service == Service.DocumentService)
        {
            yield return ("scope", 403, "insufficient_scope");
        }
    }

    private static TestToken Spoil(TestToken good, string wrong) => wrong switch
    {
        "expired" => good with { Age = TimeSpan.FromMinutes(10) },
        "issuer" => good with { Issuer = "http://localhost:8080/realms/other" },
        "audience" => good with { Audience = "dashboard" },
        "one audience more" => good with
        {
            Audience = good.Audience is string[] several
            ? [.. several, "document-service"]
            : new[] { (string)good.Audience!, "dashboard" }
        },
        "type" => good with { Type = "JWT" },
        "unsigned" => good with { Algorithm = "none" },
        "symmetric" => good with { Algorithm = "HS256" },
        "act" => good with { Actor = "agent-claude" },
        "no person" => good with { SessionId = null },
        "service account with a session" => good with { UserName = "service-account-agent-gpt4" },
        "client" => good with { Client = "agent-unheard-of" },
        "scope" => good with { Scope = "profile" },
        _ => throw new ArgumentOutOfRangeException(nameof(wrong), wrong, "unknown case"),
    };

    private async Task<Answer> SendAsync(Hop hop, string token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(hop.Method), new Uri(system.Address(hop.Service), hop.Path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (hop.Method == "POST")
        {
            request.Content = JsonContent.Create(new { documentId = "DOC-001", action = "read" });
        }

        using var response = await system.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private sealed record Hop(Service Service, string Method, string Path, TestToken Good);
}
