using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.Tests.Framework.Http;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>A provider whose key the test holds, so that it can sign what no proper provider would.</summary>
internal sealed class SigningProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServiceProvider _clients = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private readonly List<SigningKeys> _fetched = [];
    private RSA _key = RSA.Create(2048);
    private string? _keyId = "first";

    private SigningProvider(WebApplication app) => _app = app;

    /// <summary>The answer of the token endpoint.</summary>
    public Func<IFormCollection, IResult> OnToken { get; set; } = _ => Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

    public string Issuer =>
        $"{_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()}/realm";

    public static async Task<SigningProvider> StartAsync()
    {
        var app = LocalServer.Create();
        var provider = new SigningProvider(app);
        app.MapGet("/realm/.well-known/openid-configuration",
            () =>
                Results.Json(
                    new { issuer = provider.Issuer, jwks_uri = $"{provider.Issuer}/keys", token_endpoint = $"{provider.Issuer}/token" }));
        app.MapPost("/realm/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return provider.OnToken(form);
        });
        app.MapGet("/realm/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public IOptions<IdentityOptions> Options =>
        Microsoft.Extensions.Options.Options.Create(
            new IdentityOptions { Authority = Issuer, ClientId = "dashboard", ClientSecret = "secret" });

    public ProviderTokens Tokens(TimeProvider time) => new(Keys(time), Options, time);

    public IdTokens IdTokens(TimeProvider time) => new(Tokens(time), Options);

    public TokenRefresh Refresh(TicketStore tickets, TimeProvider time) => new(
        new IdentityProvider(Keys(time), Clients), IdTokens(time), tickets, Options, time, NullLogger<TokenRefresh>.Instance);

    public void RotateKey(string? keyId = "second")
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _keyId = keyId;
    }

    public string Sign(JsonObject claims, string type = "JWT", string algorithm = "RS256", RSA? key = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = _keyId, ["typ"] = type };
        var content = $"{Encode(header)}.{Encode(claims)}";
        var bytes = System.Text.Encoding.ASCII.GetBytes(content);
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), bytes),
            _ => (key ?? _key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _fetched.ForEach(keys => keys.Dispose());
        await _clients.DisposeAsync();
        _key.Dispose();
    }

    private IHttpClientFactory Clients => _clients.GetRequiredService<IHttpClientFactory>();

    private SigningKeys Keys(TimeProvider time)
    {
        var keys = new SigningKeys(Clients, Options, time, NullLogger<SigningKeys>.Instance);
        _fetched.Add(keys);
        return keys;
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(part.ToJsonString()));

    private object PublicKey()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            kid = _keyId,
            n = Base64Url.EncodeToString(parameters.Modulus),
            e = Base64Url.EncodeToString(parameters.Exponent)
        };
    }
}
