using TraceDemo.Standalone.Plan;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

public sealed class ServiceEnvironmentTests
{
    private static readonly Ports Moved = Ports.From(6000);

    [Fact]
    public void Names_and_addresses_match_those_of_Aspire()
    {
        var plan = Plan();
        var gateway = Environment(plan, "gateway");

        Assert.Equal("Development", gateway["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("http://localhost:6001", gateway["ASPNETCORE_URLS"]);
        Assert.Equal("http://localhost:6002", gateway["services__user-service__http__0"]);
        Assert.Equal("http://localhost:6003", gateway["services__agent-service__http__0"]);
        Assert.Equal("http://localhost:6004", gateway["services__document-service__http__0"]);
        Assert.Equal("http://localhost:6005/realms/tracedemo", gateway["Identity__Authority"]);
        Assert.Equal("gateway", gateway["Identity__ClientId"]);
        Assert.Equal("keycloak", gateway["Identity__Provider"]);
        Assert.Equal(plan.Secrets.Client("gateway"), gateway["Identity__ClientSecret"]);
        Assert.Equal("gateway", gateway["OTEL_SERVICE_NAME"]);
        Assert.Equal("200", gateway["OTEL_BSP_SCHEDULE_DELAY"]);
        Assert.Equal("200", gateway["OTEL_BLRP_SCHEDULE_DELAY"]);
        Assert.Equal("http://127.0.0.1:6007", gateway["Dashboard__OtlpEndpoint"]);
        Assert.Equal("http://127.0.0.1:6007", Environment(plan, "dashboard")["Otlp__Url"]);
    }

    [Fact]
    public void Only_document_service_gets_the_path_of_the_documents()
    {
        var told = (Plan() with { Documents = "/some/folder" }).Children.Where(child => child.Environment.ContainsKey("Documents__Folder"));

        Assert.Equal(("document-service", "/some/folder"), (Assert.Single(told).Name, told.Single().Environment["Documents__Folder"]));
        Assert.All(Plan().Children, child => Assert.DoesNotContain("Documents__Folder", child.Environment.Keys));
    }

    [Fact]
    public void Each_service_that_accepts_tokens_has_its_own_audit_file()
    {
        var told = (Plan() with { Audit = "folder" }).Children.Where(child => child.Environment.ContainsKey("Audit__File"))
            .Select(child => (child.Name, child.Environment["Audit__File"]));

        Assert.Equal(Service.Relying.Select(service => (service.Name, Path.Combine("folder", $"{service.Name}.jsonl"))).Order(),
            told.Order());
    }

    [Fact]
    public void Without_Redis_no_process_gets_a_Redis_connection_string() =>
        Assert.All(Plan().Children, child => Assert.DoesNotContain("ConnectionStrings__redis", child.Environment.Keys));

    [Fact]
    public void Each_service_has_its_own_Redis_user_and_key_and_the_provider_has_none()
    {
        var plan = WithRedis(Plan());
        var services = plan.Children.Where(child => child.Name != "identity").Select(child => child.Environment).ToList();

        Assert.Equal(
            $"localhost:6379,user=tracedemo-6000-gateway,password={plan.Secrets.RedisPassword("gateway")}",
            Environment(plan, "gateway")["ConnectionStrings__redis"]);
        Assert.All(services, environment => Assert.Equal("tracedemo-6000", environment["Redis__Prefix"]));
        Assert.Distinct(services.Select(environment => environment["ConnectionStrings__redis"]));
        Assert.Distinct(services.Select(environment => environment["Redis__Key"]));
        Assert.DoesNotContain(Environment(plan, "identity").Keys, name => name.Contains("redis", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Systems_on_different_ports_share_no_names_in_Redis()
    {
        var (first, second) = (RedisShare.Temporary("localhost:6379", Moved)!, RedisShare.Temporary("localhost:6379", Ports.From(7000))!);
        Assert.NotEqual(first.Prefix, second.Prefix);
        Assert.NotEqual(first.User("gateway"), second.User("gateway"));
    }

    [Fact]
    public void A_system_on_other_ports_refers_to_no_default_port()
    {
        var usual = Ports.Default.All.Select(entry => $":{entry.Port}").ToList();
        foreach (var child in WithKeycloak(Plan()).Children.Concat(Plan().Children))
        {
            var texts = child.Environment.Values.Append($"{child.Url}").Append($"{child.Health}");
            Assert.All(texts, text => Assert.DoesNotContain(usual, port => text.Contains(port, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Every_realm_placeholder_has_a_value_for_both_providers()
    {
        var placeholders = RealmPlaceholders.Names(DevelopmentRealm.Load(Repository.Root));

        Assert.NotEmpty(placeholders);
        Assert.Superset(placeholders.ToHashSet(), Environment(Plan(), "identity").Keys.ToHashSet());
        Assert.Superset(placeholders.ToHashSet(), Environment(WithKeycloak(Plan()), "keycloak").Keys.ToHashSet());
    }

    [Fact]
    public void A_secret_reaches_only_its_owner_and_the_provider()
    {
        var plan = Plan();
        foreach (var child in plan.Children.Where(child => child.Name != "identity"))
        {
            var foreign = plan.Children.Where(other => other.Name != child.Name && other.Name != "identity")
                .Select(other => plan.Secrets.Client(other.Name));
            Assert.Empty(child.Environment.Values.Intersect(foreign));
        }

        var agents = plan.Settings.Agents.Clients.Select(plan.Secrets.Client).ToList();
        Assert.All(plan.Children, child => Assert.Equal(
            child.Name is "agent-service" or "identity" ? agents.Count : 0, child.Environment.Values.Intersect(agents).Count()));
    }

    [Fact]
    public void Each_sender_of_telemetry_has_its_own_key_which_the_receiver_accepts()
    {
        var receiver = Environment(Plan(out var plan), "dashboard");
        var keys = plan.Children.Select(child => (child.Name, Key: child.Environment["Dashboard__OtlpApiKey"])).ToList();

        Assert.All(keys, sender => Assert.Equal(sender.Key, receiver[$"Otlp__Keys__{sender.Name}"]));
        Assert.Distinct(keys.Select(sender => sender.Key));
        Assert.Single(plan.Children.Select(child => child.Environment["Telemetry__PseudonymKey"]).Distinct());
    }

    [Fact]
    public void A_real_Keycloak_traces_into_the_receiver_with_its_own_key()
    {
        var plan = WithKeycloak(Plan());
        var keycloak = Environment(plan, "keycloak");

        Assert.Equal("http://127.0.0.1:6007", keycloak["KC_TRACING_ENDPOINT"]);
        Assert.Equal(Environment(plan, "dashboard")["Otlp__Keys__keycloak"], keycloak["KC_TELEMETRY_HEADER_X_OTLP_API_KEY"]);
        Assert.Equal("false", keycloak["KC_TRACING_JDBC_ENABLED"]);
        Assert.DoesNotContain(plan.Children, child => child.Name == "identity");
    }

    [Fact]
    public void No_secret_is_on_a_command_line()
    {
        foreach (var plan in new[] { WithRedis(Plan()), WithKeycloak(Plan()) })
        {
            var clients = plan.Services.Select(service => service.Name).Concat(plan.Settings.Agents.Clients);
            string[] secrets = [plan.Secrets.PseudonymKey, plan.Secrets.AdminPassword, .. clients.Select(plan.Secrets.Client),
                .. clients.Select(plan.Secrets.OtlpKey), .. clients.Select(plan.Secrets.RedisPassword),
                .. plan.Redis?.SealingKeys.Values ?? []];
            var words = plan.Children.SelectMany(child => child.Command);
            Assert.All(words, word => Assert.DoesNotContain(secrets, secret => word.Contains(secret, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void No_two_starts_share_a_secret()
    {
        var (first, second) = (new Secrets(), new Secrets());
        Assert.NotEqual(first.Client("gateway"), second.Client("gateway"));
        Assert.NotEqual(first.RedisPassword("gateway"), second.RedisPassword("gateway"));
        Assert.NotEqual(first.PseudonymKey, second.PseudonymKey);
        Assert.Equal(first.Client("gateway"), first.Client("gateway"));
        Assert.True(first.Client("gateway").Length >= 43, "256 bits, base64url");
    }

    private static SystemPlan Plan() => new(Repository.Root, Moved, new Secrets());

    private static SystemPlan Plan(out SystemPlan plan) => plan = Plan();

    private static SystemPlan WithRedis(SystemPlan plan) => plan with { Redis = RedisShare.Temporary("localhost:6379", plan.Ports) };

    private static SystemPlan WithKeycloak(SystemPlan plan) => plan with { Keycloak = "/opt/keycloak" };

    private static IReadOnlyDictionary<string, string> Environment(SystemPlan plan, string name) =>
        plan.Children.Single(child => child.Name == name).Environment;
}
