using System.Text.Json.Nodes;

namespace TraceDemo.Tests.DevIdentity;

/// <summary>Claims follow the realm file; none is written for a particular client.</summary>
public sealed class RealmClaimsTests
{
    [Fact]
    public async Task A_mapper_added_to_a_scope_adds_its_claim_to_tokens()
    {
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Realm = realm => RealmEdits.Scope(realm, "profile")["protocolMappers"]!.AsArray()
                .Add((JsonNode)Mapper("oidc-usermodel-attribute-mapper", ("user.attribute", "email"), ("claim.name", "mail"))),
        });
        var signedIn = await host.Client.SignInAsync("alice");
        Assert.Equal("alice@example.org", (string?)ProviderClient.Claims(signedIn.AccessToken)["mail"]);
        Assert.Null(ProviderClient.Claims(signedIn.IdToken)["mail"]);
    }

    [Fact]
    public async Task A_mapper_of_the_client_itself_is_always_applied()
    {
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Realm = realm => RealmEdits.Client(realm, "gateway")["protocolMappers"] = new JsonArray(
                Mapper("oidc-audience-mapper", ("included.custom.audience", "elsewhere"))),
        });
        var claims = ProviderClient.Claims(await host.Client.ServiceTokenAsync("gateway"));
        Assert.Equal(["elsewhere", "user-service"],
            claims["aud"]!.AsArray().Select(audience => (string)audience!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_mapper_the_claim_is_missing()
    {
        await using var host = await DevIdentityHost.StartAsync(
            new DevIdentitySettings { Realm = realm => RealmEdits.Scope(realm, "basic")["protocolMappers"] = new JsonArray() });
        Assert.Null(ProviderClient.Claims(await host.Client.PersonTokenAsync("alice"))["sub"]);
    }

    [Fact]
    public async Task Disabled_clients_and_people_get_nothing()
    {
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Realm = realm =>
            {
                RealmEdits.AddClient(realm, "retired")["enabled"] = false;
                realm["users"]!.AsArray().Single(user => (string)user!["username"]! == "david")!["enabled"] = false;
            },
        });
        Assert.Equal("invalid_client",
            (await host.Client.PostAsync("/token", "retired", [("grant_type", "client_credentials")], "dev-only-gateway")).Error);
        Assert.Equal("Client disabled",
            (await host.Client.ExchangeAsync("gateway", await host.Client.PersonTokenAsync("alice"), null, "retired")).Description);
        Assert.Equal("Invalid user credentials", (await host.Client.SignInAsync("david")).Description);
    }

    [Fact]
    public async Task Every_endpoint_in_the_discovery_document_exists()
    {
        await using var host = await DevIdentityHost.StartAsync();
        var document = (await host.Client.GetAsync($"{host.Authority}/.well-known/openid-configuration")).Body!.AsObject();
        Assert.Equal(host.Authority, (string?)document["issuer"]);
        foreach (var (name, value) in document.Where(
            member => member.Key.EndsWith("_endpoint", StringComparison.Ordinal) || member.Key == "jwks_uri"))
        {
            Assert.True((await host.Client.GetAsync((string)value!)).Status != 404, name);
        }
    }

    private static JsonObject Mapper(string kind, params (string Name, string Value)[] config)
    {
        var settings = new JsonObject { ["access.token.claim"] = "true", ["id.token.claim"] = "false" };
        foreach (var (name, value) in config)
        {
            settings[name] = value;
        }
        return new JsonObject { ["name"] = kind, ["protocolMapper"] = kind, ["config"] = settings };
    }
}
