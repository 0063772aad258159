using TraceDemo.Standalone.Commands;

namespace TraceDemo.Tests.DevIdentity.Parity;

/// <summary>A fifth agent in a realm that a real Keycloak imported before there was one.</summary>
[Collection(KeycloakParity.Name)]
public sealed class AddedAgentTests(SharedKeycloak keycloak)
{
    private const string Secret = "the-secret-of-the-fifth-agent";

    [Fact]
    public async Task Keycloak_lets_an_agent_that_is_added_later_act_for_a_person()
    {
        Assert.SkipWhen(keycloak.Running is null, KeycloakFixture.Missing);
        using var copy = new WorkingCopy(("fifth", """{ "clientId": "agent-fifth" }"""));
        Assert.Equal((0, "created, created"), await AddAsync(copy));
        Assert.Equal((0, "left, left"), await AddAsync(copy));

        using var client = new ProviderClient(keycloak.Running!.Authority);
        var t1 = await client.ExchangeAsync("gateway", (await client.SignInAsync("alice")).AccessToken, null, "user-service");
        var t2 = await client.ExchangeAsync("user-service", t1.AccessToken, "agents:invoke", "agent-service", "agent-fifth");
        Assert.Equal(["agent-fifth", "agent-service"],
            ProviderClient.Claims(t2.AccessToken)["aud"]!.AsArray().Select(audience => (string)audience!).Order());
        var t3 = await client.PostAsync("/token", client: null,
        [
            ("client_id", "agent-fifth"), ("client_secret", Secret), ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", t2.AccessToken), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("audience", "document-service"), ("scope", "documents:read"),
        ]);
        Assert.Equal(("document-service", "agent-fifth"),
            ((string?)ProviderClient.Claims(t3.AccessToken)["aud"], (string?)ProviderClient.Claims(t3.AccessToken)["azp"]));
    }

    private async Task<(int Code, string Done)> AddAsync(WorkingCopy copy)
    {
        var environment = new Dictionary<string, string>
        {
            ["KEYCLOAK_ADMIN_USERNAME"] = "admin",
            ["KEYCLOAK_ADMIN_PASSWORD"] = keycloak.Running!.AdministratorPassword,
            ["AGENT_FIFTH_SECRET"] = Secret,
        };
        var output = new StringWriter();
        var options = new RunOptions { Agent = "fifth", Server = keycloak.Running.Server };
        var code = await new AgentCommand(copy.Root, options, environment.GetValueOrDefault, output)
            .RunAsync(TestContext.Current.CancellationToken);
        var text = output.ToString();
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        return (code,
            string.Join(", ",
                text.Split('\n')
                    .Where(line => line.StartsWith("client ", StringComparison.Ordinal)
                        || line.StartsWith("audience ", StringComparison.Ordinal))
            .Select(line => line.Contains("created", StringComparison.Ordinal) ? "created" : "left")));
    }
}
