namespace TraceDemo.Tests.DevIdentity;

public sealed class KeyRotationTests : IAsyncLifetime
{
    private DevIdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await DevIdentityHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_new_key_signs_at_once_and_the_old_one_still_verifies()
    {
        var before = await _host.Client.PersonTokenAsync("alice");
        var rotation = await RotateAsync();
        Assert.Equal(KeyId(before), (string?)rotation.Body!["previous"]);
        Assert.Equal((string?)rotation.Body["kid"], KeyId(await _host.Client.PersonTokenAsync("alice")));
        Assert.Equal(200, (await _host.Client.ExchangeAsync("gateway", before, null, "user-service")).Status);
        Assert.Equal(["enc", "sig", "sig"], await UsesAsync());
    }

    [Fact]
    public async Task The_key_before_the_last_is_gone()
    {
        var before = await _host.Client.PersonTokenAsync("alice");
        _host.RotateKeys();
        _host.RotateKeys();
        Assert.Equal("Invalid token", (await _host.Client.ExchangeAsync("gateway", before, null, "user-service")).Description);
        Assert.Equal(["enc", "sig", "sig"], await UsesAsync());
    }

    [Fact]
    public async Task Nobody_without_a_clients_secret_rotates()
    {
        var url = $"{_host.Authority}/dev/keys/rotate";
        Assert.Equal(401, (await _host.Client.PostAsync(url, client: null, [])).Status);
        Assert.Equal(401, (await _host.Client.PostAsync(url, "gateway", [], "wrong")).Status);
        Assert.Equal(401, (await _host.Client.PostAsync(url, client: null, [("client_id", "tracedemo-cli")])).Status);
        Assert.Equal(["enc", "sig"], await UsesAsync());
    }

    [Fact]
    public async Task No_private_part_is_published()
    {
        var keys = (await _host.Client.GetAsync("/certs")).Body!["keys"]!.AsArray();
        Assert.All(keys, key => Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    private Task<ProviderAnswer> RotateAsync() => _host.Client.PostAsync($"{_host.Authority}/dev/keys/rotate", "gateway", []);

    private async Task<IEnumerable<string>> UsesAsync() =>
        (await _host.Client.GetAsync("/certs")).Body!["keys"]!.AsArray().Select(key => (string)key!["use"]!).Order(StringComparer.Ordinal);

    private static string? KeyId(string token) => (string?)ProviderClient.Header(token)["kid"];
}
