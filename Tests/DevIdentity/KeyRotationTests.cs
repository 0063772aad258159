namespace TraceDemo.Tests.DevIdentity;

public sealed class KeyRotationTests : IAsyncLifetime
{
    private const string Secret = "only-for-rotating-keys";

    private DevIdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DevIdentityHost.StartAsync(WithSecret(Secret));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_new_key_signs_immediately_and_the_old_one_still_verifies()
    {
        var before = await _host.Client.PersonTokenAsync("alice");
        var rotation = await RotateAsync("key-rotation", Secret);
        Assert.Equal(KeyId(before), (string?)rotation.Body!["previous"]);
        Assert.Equal((string?)rotation.Body["kid"], KeyId(await _host.Client.PersonTokenAsync("alice")));
        Assert.Equal(200, (await _host.Client.ExchangeAsync("gateway", before, null, "user-service")).Status);
        Assert.Equal(["enc", "sig", "sig"], await UsesAsync());
    }

    [Fact]
    public async Task Only_the_last_two_keys_are_published()
    {
        var before = await _host.Client.PersonTokenAsync("alice");
        _host.RotateKeys();
        _host.RotateKeys();
        Assert.Equal("Invalid token", (await _host.Client.ExchangeAsync("gateway", before, null, "user-service")).Description);
        Assert.Equal(["enc", "sig", "sig"], await UsesAsync());
    }

    [Theory]
    [InlineData("dashboard")]
    [InlineData("gateway")]
    [InlineData("user-service")]
    [InlineData("agent-service")]
    [InlineData("document-service")]
    [InlineData("agent-gpt4")]
    public async Task No_client_of_the_realm_can_rotate_keys_with_any_secret(string client)
    {
        Assert.Equal(401, (await RotateAsync(client, $"dev-only-{client}")).Status);
        Assert.Equal(401, (await RotateAsync(client, Secret)).Status);
        Assert.Equal(["enc", "sig"], await UsesAsync());
    }

    [Fact]
    public async Task Keys_cannot_be_rotated_without_the_secret()
    {
        Assert.Equal(401, (await RotateAsync(null, "")).Status);
        Assert.Equal(401, (await RotateAsync("key-rotation", "wrong")).Status);
        Assert.Equal(401, (await RotateAsync("key-rotation", "")).Status);
        Assert.Equal(401,
            (await _host.Client.PostAsync(
                Address(_host), client: null, [("client_id", "key-rotation"), ("client_secret", Secret)])).Status);
        Assert.Equal(401, (await _host.Client.PostAsync(Address(_host), client: null, [("client_id", "tracedemo-cli")])).Status);
        Assert.Equal(["enc", "sig"], await UsesAsync());
    }

    [Fact]
    public async Task The_key_rotation_client_gets_no_token()
    {
        var answer = await _host.Client.PostAsync("/token", "key-rotation", [("grant_type", "client_credentials")], Secret);
        Assert.Equal((401, "invalid_client"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Keys_cannot_be_rotated_if_no_secret_is_configured()
    {
        await using var host = await DevIdentityHost.StartAsync();
        Assert.Equal(404, (await host.Client.PostAsync(Address(host), "key-rotation", [], "")).Status);
        Assert.Equal(404, (await host.Client.PostAsync(Address(host), "gateway", [])).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen-letters")]
    public async Task A_short_secret_prevents_startup(string secret)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => DevIdentityHost.StartAsync(WithSecret(secret)));
        Assert.Contains("DevIdentity__KeyRotationSecret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_private_part_is_published()
    {
        var keys = (await _host.Client.GetAsync("/certs")).Body!["keys"]!.AsArray();
        Assert.All(keys,
            key => Assert.Equal(["alg", "e", "kid", "kty", "n", "use"],
                key!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    private static DevIdentitySettings WithSecret(string secret) =>
        new() { Configuration = new Dictionary<string, string?> { ["DevIdentity:KeyRotationSecret"] = secret } };

    private static string Address(DevIdentityHost host) => $"{host.Authority}/dev/keys/rotate";

    private Task<ProviderAnswer> RotateAsync(string? client, string secret) => _host.Client.PostAsync(Address(_host), client, [], secret);

    private async Task<IEnumerable<string>> UsesAsync() =>
        (await _host.Client.GetAsync("/certs")).Body!["keys"]!.AsArray().Select(key => (string)key!["use"]!).Order(StringComparer.Ordinal);

    private static string? KeyId(string token) => (string?)ProviderClient.Header(token)["kid"];
}
