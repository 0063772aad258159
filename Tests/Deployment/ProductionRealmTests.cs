using System.Text.Json.Nodes;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

/// <summary>What the realm of a deployed Keycloak must not have, and what it must
/// keep, made from the file that everything else uses.</summary>
public sealed class ProductionRealmTests
{
    private static readonly JsonObject Development = DevelopmentRealm.Load(Repository.Root);
    private static readonly JsonObject Shipped = ProductionRealm.From(Development, withCommandLine: false);

    [Fact]
    public void The_production_realm_contains_no_users_or_passwords()
    {
        Assert.NotNull(Development["users"]);
        Assert.Null(Shipped["users"]);
        Assert.DoesNotContain("credentials", Shipped.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_client_allows_the_password_grant_including_the_one_created_by_Keycloak(bool withCommandLine)
    {
        var clients = Clients(ProductionRealm.From(Development, withCommandLine));
        Assert.Contains("admin-cli", clients.Keys);
        Assert.All(clients, client => Assert.Equal("false", client.Value["directAccessGrantsEnabled"]?.ToJsonString()));
    }

    [Fact]
    public void The_command_line_client_is_opt_in_and_uses_the_device_flow_only()
    {
        Assert.DoesNotContain("tracedemo-cli", Clients(Shipped).Keys);
        var cli = Clients(ProductionRealm.From(Development, withCommandLine: true))["tracedemo-cli"];
        Assert.False(cli["standardFlowEnabled"]!.GetValue<bool>());
        Assert.Equal("true", cli["attributes"]!["oauth2.device.authorization.grant.enabled"]!.GetValue<string>());
        Assert.Equal("S256", cli["attributes"]!["pkce.code.challenge.method"]!.GetValue<string>());
    }

    [Fact]
    public void No_other_client_has_the_device_flow() =>
        Assert.All(Clients(Shipped),
            client => Assert.Equal("false", client.Value["attributes"]!["oauth2.device.authorization.grant.enabled"]!.GetValue<string>()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_production_realm_contains_no_loopback_address(bool withCommandLine)
    {
        Assert.Contains("http://127.0.0.1", Development.ToJsonString(), StringComparison.Ordinal);
        var text = ProductionRealm.From(Development, withCommandLine).ToJsonString();
        Assert.All(["localhost", "127.0.0.1", "[::1]"], host => Assert.DoesNotContain(host, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_dashboard_has_one_redirect_address_which_is_where_it_listens()
    {
        var callback = Assert.Single(Clients(Shipped)["dashboard"]["redirectUris"]!.AsArray())!.GetValue<string>();
        Assert.Equal("${DASHBOARD_URL}/signin", callback);
        Assert.Contains("CallbackPath = \"/signin\"",
            File.ReadAllText(Path.Combine(Repository.Root, "Dashboard", "SignIn", "SignInExtensions.cs")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:3000/*")]
    [InlineData("http://127.0.0.1/*")]
    [InlineData("https://[::1]/back")]
    public void Loopback_redirects_are_removed_and_without_any_left_the_code_flow_is_disabled(string address)
    {
        var one = Client(Realm(client => client["redirectUris"] = new JsonArray("https://app.example.org/back", address, "+")));
        Assert.Equal(["https://app.example.org/back", "+"], one["redirectUris"]!.AsArray().Select(uri => uri!.GetValue<string>()));
        Assert.True(one["standardFlowEnabled"]!.GetValue<bool>());

        var none = Client(
            Realm(client => (client["redirectUris"], client["webOrigins"]) = (new JsonArray(address), new JsonArray(address))));
        Assert.Empty(none["redirectUris"]!.AsArray());
        Assert.Empty(none["webOrigins"]!.AsArray());
        Assert.False(none["standardFlowEnabled"]!.GetValue<bool>());
    }

    [Fact]
    public void The_dashboard_has_one_post_logout_redirect_address() =>
        Assert.Equal("${DASHBOARD_URL}/", Clients(Shipped)["dashboard"]["attributes"]!["post.logout.redirect.uris"]!.GetValue<string>());

    [Theory]
    [InlineData("redirectUris", "https://app.example.org/*")]
    [InlineData("redirectUris", "*")]
    [InlineData("attributes", "https://app.example.org/bye##https://app.example.org/*")]
    public void A_wildcard_address_fails_the_build(string member, string address)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => Realm(client =>
            client[member] = member == "attributes" ? new JsonObject { ["post.logout.redirect.uris"] = address } : new JsonArray(address)));
        Assert.Contains("'app'", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("*", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_service_account_gets_a_refresh_token()
    {
        var client = Client(Realm(client => client["attributes"]!["client_credentials.use_refresh_token"] = "true"));
        Assert.Null(client["attributes"]!["client_credentials.use_refresh_token"]);
    }

    [Fact]
    public void A_literal_secret_fails_the_build()
    {
        var thrown = Assert.Throws<InvalidDataException>(() => Realm(client => client["secret"] = "a-secret-in-a-file"));
        Assert.Contains("'app'", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-in-a-file", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Placeholders_have_no_default_and_every_confidential_client_has_one()
    {
        Assert.DoesNotContain("dev-only", Shipped.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\$\{[A-Z_]+:", Shipped.ToJsonString());
        var secrets = Clients(Shipped).Values.Where(client => client["publicClient"]?.GetValue<bool>() is not true)
            .Select(client => client["secret"]!.GetValue<string>()).ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret => Assert.Matches(@"^\$\{[A-Z0-9_]+_SECRET\}$", secret));
        Assert.Distinct(secrets);
    }

    [Fact]
    public void The_variables_match_those_set_for_the_realm_of_a_running_system()
    {
        var given = new SystemPlan(Repository.Root, Ports.Default, new Secrets()).Settings.Realm().Select(setting => setting.Name).ToList();
        Assert.Equal(given.Order(StringComparer.Ordinal),
            RealmPlaceholders.Names(ProductionRealm.From(Development, withCommandLine: true)));
        Assert.Equal(given.Except(["GATEWAY_BACKCHANNEL_URL"]).Order(StringComparer.Ordinal), RealmPlaceholders.Names(Shipped));
    }

    [Fact]
    public void Brute_force_protection_is_always_enabled_and_external_TLS_always_required()
    {
        var realm = Development.DeepClone().AsObject();
        (realm["bruteForceProtected"], realm["sslRequired"]) = (false, "none");
        var production = ProductionRealm.From(realm, withCommandLine: false);
        Assert.True(production["bruteForceProtected"]!.GetValue<bool>());
        Assert.Equal("external", production["sslRequired"]!.GetValue<string>());

        realm["sslRequired"] = "all";
        Assert.Equal("all", ProductionRealm.From(realm, withCommandLine: false)["sslRequired"]!.GetValue<string>());
    }

    [Fact]
    public void Unrelated_realm_settings_stay_unchanged()
    {
        var realm = Development.DeepClone().AsObject();
        realm["loginTheme"] = "our-theme";
        realm["clients"]![0]!["x-unknown"] = new JsonObject { ["deep"] = new JsonArray(1, null, true) };
        var production = ProductionRealm.From(realm, withCommandLine: false);
        Assert.Equal("our-theme", production["loginTheme"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(realm["clients"]![0]!["x-unknown"], production["clients"]![0]!["x-unknown"]));
        Assert.True(JsonNode.DeepEquals(realm["clientScopes"], production["clientScopes"]));
        Assert.Contains("${client_id}", production.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_transformation_is_idempotent() =>
        Assert.True(JsonNode.DeepEquals(Shipped, ProductionRealm.From(Shipped, withCommandLine: false)));

    [Fact]
    public void The_production_realm_file_is_regenerated_each_time()
    {
        using var copy = new WorkingCopy();
        copy.SetDepartments(File.ReadAllText(Path.Combine(Repository.Root, "realms", "departments.json")));
        foreach (var agent in Directory.EnumerateFiles(Path.Combine(Repository.Root, "agents")))
        {
            copy.SetAgent(Path.GetFileNameWithoutExtension(agent), File.ReadAllText(agent));
        }

        ProductionRealm.Write(copy.Root, withCommandLine: true);
        var variables = ProductionRealm.Write(copy.Root, withCommandLine: false);
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(copy.Root, "AppHost", "keycloak", "artifacts", "tracedemo-realm.json")));
        Assert.True(JsonNode.DeepEquals(Shipped, written));
        Assert.Contains("GATEWAY_SECRET", variables);
    }

    private static JsonObject Realm(Action<JsonObject> change)
    {
        var client = new JsonObject { ["clientId"] = "app", ["standardFlowEnabled"] = true, ["attributes"] = new JsonObject() };
        change(client);
        return ProductionRealm.From(new JsonObject { ["realm"] = "tracedemo", ["clients"] = new JsonArray(client) },
            withCommandLine: false);
    }

    private static JsonNode Client(JsonObject realm) => Clients(realm)["app"];

    private static Dictionary<string, JsonNode> Clients(JsonObject realm) =>
        realm["clients"]!.AsArray().ToDictionary(client => client!["clientId"]!.GetValue<string>(), client => client!);
}
