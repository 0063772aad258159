using System.Buffers.Text;
using System.Text;
using TraceDemo.DevIdentity.Clients;

namespace TraceDemo.Tests.DevIdentity;

/// <summary>What the recording does not hold: which fault is told when there are two, and how
/// clients authenticate. All of it was seen on Keycloak 26.7.5.</summary>
public sealed class TokenEndpointTests(SharedDevIdentity shared) : IClassFixture<SharedDevIdentity>
{
    private readonly ProviderClient _client = shared.Host.Client;

    [Theory]
    [InlineData("garbage", "gateway", "nobody", null, "invalid_request", "Invalid token")]
    [InlineData("garbage", "gateway", "user-service", "bogus", "invalid_request", "Invalid token")]
    [InlineData("T0", "gateway", "nobody", "bogus", "invalid_client", "Audience not found")]
    [InlineData("T0", "user-service", "nobody", null, "invalid_client", "Audience not found")]
    [InlineData("T0", "user-service", "agent-service", "bogus", "access_denied", "Client is not within the token audience")]
    [InlineData("T0", "user-service", "gateway", null, "access_denied", "Client is not within the token audience")]
    [InlineData("T0", "gateway", "agent-gpt4", "bogus", "invalid_scope", "Invalid scopes: bogus")]
    [InlineData("T0", "gateway", "", null, "invalid_client", "Audience not found")]
    [InlineData("T0", "gateway", "user-service", "", "invalid_scope", "Invalid scopes: ")]
    public async Task Of_two_faults_in_an_exchange_the_one_Keycloak_checks_first_is_reported(
        string subject, string client, string audience, string? scope, string error, string description)
    {
        var token = subject == "T0" ? await _client.PersonTokenAsync("alice") : subject;
        var answer = await _client.ExchangeAsync(client, token, scope, audience);
        Assert.Equal((error, description), (answer.Error, answer.Description));
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("id_token")]
    public async Task Only_an_access_token_can_be_exchanged(string member)
    {
        var signedIn = await _client.SignInAsync("alice");
        var answer = await _client.ExchangeAsync("gateway", (string)signedIn.Body![member]!, null, "user-service");
        Assert.Equal((400, "Invalid token"), (answer.Status, answer.Description));
    }

    [Fact]
    public async Task An_exchange_with_scope_openid_also_returns_an_ID_token()
    {
        var answer = await _client.ExchangeAsync("gateway", await _client.PersonTokenAsync("alice"), "openid", "user-service");
        Assert.Equal("gateway", (string?)ProviderClient.Claims(answer.IdToken)["aud"]);
        Assert.Equal("openid profile", (string?)ProviderClient.Claims(answer.AccessToken)["scope"]);
    }

    [Theory]
    [InlineData("dashboard", "Client not enabled to retrieve service account")]
    [InlineData("tracedemo-cli", "Public client not allowed to retrieve service account")]
    public async Task A_client_without_a_service_account_gets_no_token(string client, string description)
    {
        var answer = await _client.PostAsync("/token", client, [("grant_type", "client_credentials")]);
        Assert.Equal((401, "unauthorized_client", description), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task A_secret_may_be_sent_in_the_form()
    {
        Assert.Equal(200, (await CredentialsAsync("gateway", "dev-only-gateway")).Status);
        Assert.Equal((401, "unauthorized_client"), Outcome(await CredentialsAsync("gateway", "wrong")));
        Assert.Equal((401, "unauthorized_client"), Outcome(await CredentialsAsync("gateway", null)));
        Assert.Equal((401, "invalid_client"), Outcome(await CredentialsAsync("nobody", "wrong")));
    }

    [Theory]
    [InlineData("password", 401, "invalid_request", "Missing parameter: username")]
    [InlineData("refresh_token", 400, "invalid_request", "No refresh token")]
    [InlineData("authorization_code", 400, "invalid_request", "Missing parameter: code")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code", 400, "invalid_request", "Missing parameter: device_code")]
    public async Task A_grant_without_its_parameter_names_the_parameter(string grant, int status, string error, string description)
    {
        var answer = await _client.PostAsync("/token", client: null, [("grant_type", grant), ("client_id", "tracedemo-cli")]);
        Assert.Equal((status, error, description), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task A_person_can_sign_in_with_an_email_address()
    {
        var answer = await _client.PostAsync("/token", client: null,
            [("grant_type", "password"), ("client_id", "tracedemo-cli"), ("username", "alice@example.org"), ("password", "alice")]);
        Assert.Equal("alice", (string?)ProviderClient.Claims(answer.AccessToken)["preferred_username"]);
    }

    [Fact]
    public async Task Token_responses_have_no_store_headers()
    {
        Assert.True((await _client.SignInAsync("alice")).Headers.CacheControl!.NoStore);
        Assert.True((await CredentialsAsync("gateway", "wrong")).Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Another_realm_or_protocol_does_not_exist()
    {
        var realm = await _client.GetAsync(
            shared.Host.Authority.Replace("tracedemo", "other", StringComparison.Ordinal) + "/.well-known/openid-configuration");
        Assert.Equal((404, "Realm does not exist"), (realm.Status, realm.Error));
        Assert.Equal(404, (await _client.GetAsync($"{shared.Host.Authority}/protocol/saml/certs")).Status);
    }

    [Fact]
    public async Task A_body_beyond_64_KiB_is_refused()
    {
        var answer = await _client.PostAsync("/token", client: null, [("grant_type", new string('x', 70_000))]);
        Assert.Equal(413, answer.Status);
    }

    [Fact]
    public async Task Ten_thousand_fields_are_a_bad_request()
    {
        var answer = await _client.PostAsync("/token", client: null, Enumerable.Range(0, 10_000).Select(i => ($"{i}", "")));
        Assert.Equal(400, answer.Status);
    }

    [Theory]
    [InlineData("""{"sub":"\ud800"}""")]
    [InlineData("""{"sub":["gateway"]}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_client_assertion_with_any_content_is_refused_as_invalid_client(string payload)
    {
        var part = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        var answer = await _client.PostAsync("/token", client: null,
            [("grant_type", "client_credentials"), ("client_assertion_type", ClientAssertions.AssertionType),
                ("client_assertion", $"{part}.{part}.{part}")]);
        Assert.Equal((401, "invalid_client"), Outcome(answer));
    }

    [Fact]
    public async Task The_subject_of_a_person_is_the_same_in_every_run()
    {
        await using var other = await DevIdentityHost.StartAsync();
        var here = ProviderClient.Claims(await _client.PersonTokenAsync("alice"));
        var there = ProviderClient.Claims(await other.Client.PersonTokenAsync("alice"));
        Assert.Equal((string?)here["sub"], (string?)there["sub"]);
        Assert.NotEqual((string?)here["sub"], (string?)ProviderClient.Claims(await _client.PersonTokenAsync("bob"))["sub"]);
    }

    private Task<ProviderAnswer> CredentialsAsync(string client, string? secret) => _client.PostAsync("/token", client: null,
        [("grant_type", "client_credentials"), ("client_id", client),
            .. secret is null ? Array.Empty<(string, string)>() : [("client_secret", secret)]]);

    private static (int, string?) Outcome(ProviderAnswer answer) => (answer.Status, answer.Error);
}
