using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.Tests.DevIdentity;

/// <summary>private_key_jwt; each answer was seen on Keycloak 26.7.5.</summary>
public sealed class ClientAssertionTests : IAsyncLifetime
{
    private const string ClientId = "signing-client";

    private readonly RsaKey _key = new("RS256", "sig");
    private DevIdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DevIdentityHost.StartAsync(new DevIdentitySettings
    {
        Realm = realm =>
        {
            var client = RealmEdits.AddClient(realm, ClientId);
            client["clientAuthenticatorType"] = "client-jwt";
            var attributes = client["attributes"]!;
            attributes["use.jwks.string"] = "true";
            attributes["jwks.string"] = new JsonObject { ["keys"] = new JsonArray(_key.PublicKey()) }.ToJsonString();
            attributes["token.endpoint.auth.signing.alg"] = "RS256";
        },
    });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task A_signed_assertion_is_valid_once()
    {
        var assertion = Assertion();
        Assert.Equal(200, (await SendAsync(assertion)).Status);
        Assert.Equal((400, "invalid_client", "Token reuse detected"), Outcome(await SendAsync(assertion)));
    }

    public static TheoryData<string, string, int, string> WrongClaims => new()
    {
        { "aud", """["ISSUER","ISSUER/protocol/openid-connect/token"]""", 400, "Multiple audiences not allowed" },
        { "aud", "\"http://elsewhere.example\"", 400, "Invalid token audience" },
        { "aud", "null", 400, "Invalid token audience" },
        { "exp", "1", 400, "Token is not active" },
        { "exp", "null", 400, "Token exp claim is required" },
        { "nbf", "99999999999", 400, "Token is not active" },
        { "jti", "null", 400, "Token jti claim is required" },
        { "iss", "\"gateway\"", 401, "Invalid client or Invalid client credentials" },
        { "sub", "\"nobody\"", 401, "Invalid client or Invalid client credentials" },
        { "sub", "null", 401, "Invalid client or Invalid client credentials" },
    };

    [Theory, MemberData(nameof(WrongClaims))]
    public async Task One_invalid_claim_is_refused(string claim, string value, int status, string description) => Assert.Equal(
        (status, "invalid_client", description),
        Outcome(await SendAsync(
            Assertion(claims => claims[claim] = JsonNode.Parse(value.Replace("ISSUER", _host.Authority, StringComparison.Ordinal))))));

    [Theory]
    [InlineData("token")]
    [InlineData("token/introspect")]
    public async Task The_endpoint_address_is_a_valid_audience(string endpoint) =>
        Assert.Equal(200, (await SendAsync(Assertion(claims => claims["aud"] = $"{_host.Client.Protocol}/{endpoint}"))).Status);

    [Theory]
    [InlineData("none", "Invalid signature algorithm")]
    [InlineData("RS512", "Invalid signature algorithm")]
    [InlineData("HS256", "Invalid signature algorithm")]
    [InlineData("PS256", "Invalid signature algorithm")]
    public async Task Only_the_clients_algorithm_is_accepted(string algorithm, string description) =>
        Assert.Equal((400, "invalid_client", description),
            Outcome(await SendAsync(Assertion(header: header => header["alg"] = algorithm))));

    [Fact]
    public async Task A_foreign_key_cannot_sign_for_the_client()
    {
        using var other = new RsaKey("RS256", "sig");
        Assert.Equal("Unable to load public key", (await SendAsync(Assertion(key: other))).Description);
        var forged = await SendAsync(Assertion(header: header => header["kid"] = _key.Id, key: other));
        Assert.Equal("Client authentication with signed JWT failed: Signature on JWT token failed validation", forged.Description);
    }

    [Fact]
    public async Task A_secret_is_refused()
    {
        var answer = await _host.Client.PostAsync("/token", ClientId, [("grant_type", "client_credentials")], "dev-only-gateway");
        Assert.Equal((400, "invalid_client", "Parameter client_assertion_type is missing"), Outcome(answer));
    }

    [Fact]
    public async Task An_assertion_authenticates_no_other_client()
    {
        var answer = await SendAsync(Assertion(), ("client_id", "gateway"));
        Assert.Equal((401, "unauthorized_client", "Invalid client or Invalid client credentials"), Outcome(answer));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void Each_supported_algorithm_verifies_its_own_signature_and_no_other_content(string algorithm)
    {
        var (key, sign) = Signer(algorithm);
        var token = JsonWebSignature.Write(new JsonObject { ["alg"] = algorithm }, new JsonObject { ["sub"] = "x" }, sign);
        Assert.True(JsonWebSignature.TryParse(token, out var signature));
        var element = System.Text.Json.JsonSerializer.SerializeToElement(key);
        Assert.True(ClientKeys.Verify(element, signature));
        Assert.False(ClientKeys.Verify(element, signature with { SigningInput = [.. signature.SigningInput, (byte)'x'] }));
    }

    private static (JsonObject Key, Func<byte[], byte[]> Sign) Signer(string algorithm)
    {
        if (algorithm == "ES256")
        {
            var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var q = ecdsa.ExportParameters(includePrivateParameters: false).Q;
            return (new JsonObject { ["x"] = Base64Url.EncodeToString(q.X), ["y"] = Base64Url.EncodeToString(q.Y) },
                input => ecdsa.SignData(input, HashAlgorithmName.SHA256));
        }

        var rsa = RSA.Create(2048);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var padding = algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return (
            new JsonObject { ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) },
            input => rsa.SignData(input, HashAlgorithmName.SHA256, padding));
    }

    private string Assertion(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, RsaKey? key = null)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["kid"] = (key ?? _key).Id };
        header?.Invoke(head);
        var body = new JsonObject
        {
            ["iss"] = ClientId,
            ["sub"] = ClientId,
            ["aud"] = _host.Authority,
            ["jti"] = Guid.NewGuid().ToString(),
            ["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds(),
        };
        claims?.Invoke(body);
        foreach (var absent in body.Where(claim => claim.Value is null).Select(claim => claim.Key).ToArray())
        {
            body.Remove(absent);
        }
        return JsonWebSignature.Write(head, body, (key ?? _key).Sign);
    }

    private Task<ProviderAnswer> SendAsync(string assertion, params (string, string)[] more) =>
        _host.Client.PostAsync("/token", client: null,
        [("grant_type", "client_credentials"), ("client_assertion_type", ClientAssertions.AssertionType),
            ("client_assertion", assertion), .. more]);

    private static (int, string?, string?) Outcome(ProviderAnswer answer) => (answer.Status, answer.Error, answer.Description);
}
