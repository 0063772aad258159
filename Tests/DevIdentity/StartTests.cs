using System.Text.Json.Nodes;

namespace TraceDemo.Tests.DevIdentity;

public sealed class StartTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task The_provider_starts_in_Development_only_and_gives_the_reason(string environment)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DevIdentityHost.StartAsync(new DevIdentitySettings { Environment = environment }));
        Assert.Contains($"does not start in environment '{environment}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_ENVIRONMENT=Development", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://identity.example:0")]
    [InlineData("https://localhost:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task The_provider_listens_on_loopback_only(string urls)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DevIdentityHost.StartAsync(new DevIdentitySettings { Urls = urls }));
        Assert.Contains("localhost only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kestrel_endpoints_that_bypass_the_check_prevent_startup()
    {
        var settings = new DevIdentitySettings
        {
            Configuration = new Dictionary<string, string?> { ["Kestrel:Endpoints:All:Url"] = "http://*:0" },
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => DevIdentityHost.StartAsync(settings));
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        await using var host = await DevIdentityHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Authority}/.well-known/openid-configuration");
        request.Headers.Host = "rebound.example";
        Assert.Equal(400, (await host.Client.SendAsync(request)).Status);
    }

    [Fact]
    public async Task An_unresolved_secret_prevents_startup()
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Realm = realm => RealmEdits.Client(realm, "gateway")["secret"] = "${TRACEDEMO_UNSET_SECRET}",
        }));
        Assert.Contains("TRACEDEMO_UNSET_SECRET", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_mapper_prevents_startup()
    {
        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Realm = realm => RealmEdits.Client(realm, "gateway")["protocolMappers"] = new JsonArray(
                new JsonObject { ["name"] = "x", ["protocolMapper"] = "oidc-script-mapper" }),
        }));
        Assert.Contains("oidc-script-mapper", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_realm_file_is_named()
    {
        var settings = new DevIdentitySettings
        {
            Configuration = new Dictionary<string, string?> { ["Identity:RealmFile"] = "/no/such-realm.json" },
        };
        var refused = await Assert.ThrowsAsync<FileNotFoundException>(() => DevIdentityHost.StartAsync(settings));
        Assert.Contains("/no/such-realm.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_overrides_secrets_and_addresses()
    {
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Configuration = new Dictionary<string, string?>
            {
                ["GATEWAY_SECRET"] = "from-the-environment",
                ["DASHBOARD_URL"] = "http://localhost:6000",
            },
        });
        Assert.Equal(
            200, (await host.Client.PostAsync("/token", "gateway", [("grant_type", "client_credentials")], "from-the-environment")).Status);
        Assert.Equal(401, (await host.Client.PostAsync("/token", "gateway", [("grant_type", "client_credentials")])).Status);
        using var browser = new Browser(host.Authority);
        Assert.Equal(200, (await browser.GetAsync(browser.AuthorizationUrl(("redirect_uri", "http://localhost:6000/signin")))).Status);
        Assert.Equal(400, (await browser.GetAsync(browser.AuthorizationUrl())).Status);
    }

    [Fact]
    public async Task Every_response_uses_the_configured_issuer()
    {
        const string issuer = "http://localhost:8080/realms/tracedemo";
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Urls = "http://127.0.0.1:0",
            Configuration = new Dictionary<string, string?> { ["DevIdentity:Issuer"] = issuer },
        });
        Assert.Equal(issuer, host.Authority);
    }
}
