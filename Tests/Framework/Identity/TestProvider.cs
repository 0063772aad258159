using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.Tests.Framework.Http;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>
/// A provider on real HTTP with a real key, which makes the tokens no honest provider would make, and answers exchanges as a test says.
/// Left alone it exchanges for whatever is asked for.
/// </summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<IFormCollection> _requests = new();
    private (RSA Key, string Id)[] _keys = [NewKey()];

    private TestProvider(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
    }

    /// <summary>The issuer in metadata and tokens; <see cref="Address"/> unless a test sets a public one.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The address that it listens on.</summary>
    public string Address => $"{_app.Urls.Single()}/realms/test";

    public int KeySetRequests { get; private set; }

    /// <summary>The forms that the token endpoint received.</summary>
    public IReadOnlyCollection<IFormCollection> TokenRequests => _requests;

    public string KeyId => _keys[0].Id;

    /// <summary>Runs before the key set is returned.</summary>
    public Func<HttpContext, Task> OnKeySet { get; set; } = _ => Task.CompletedTask;

    /// <summary>Replaces the answer of the token endpoint.</summary>
    public Func<HttpContext, IFormCollection, Task<IResult>>? OnToken { get; set; }

    public static async Task<TestProvider> StartAsync(TimeProvider? time = null)
    {
        var provider = new TestProvider(LocalServer.Create(), time ?? TimeProvider.System);
        provider.Map();
        await provider._app.StartAsync();
        provider.Issuer = provider.Address;
        return provider;
    }

    [return: NotNullIfNotNull(nameof(token))]
    public string? Sign(TestToken? token) => token?.Sign(_keys[0].Key, _keys[0].Id, Issuer, _time.GetUtcNow());

    /// <summary>Signs with a key that was never published, under the published key's id.</summary>
    public string SignWithForeignKey(TestToken token)
    {
        using var foreign = RSA.Create(2048);
        return token.Sign(foreign, KeyId, Issuer, _time.GetUtcNow());
    }

    /// <summary>A new key signs from now on; the old one stays published unless withdrawn.</summary>
    public void Rotate(bool withdraw = false) => _keys = withdraw ? [NewKey()] : [NewKey(), .. _keys];

    /// <summary>Another key under the id of the present one.</summary>
    public void ReplaceKey() => _keys = [(NewKey().Key, KeyId), .. _keys[1..]];

    public Task StopAsync() => _app.StopAsync();

    /// <summary>The honest answer: the subject's person, this requester, these audiences and scopes.</summary>
    public IResult Issue(HttpContext context, IFormCollection form, Func<TestToken, TestToken>? change = null)
    {
        var subject = form["subject_token"].ToString();
        var claims = subject.Length == 0
            ? default
            : System.Text.Json.JsonDocument.Parse(Base64Url.DecodeFromChars(subject.Split('.')[1])).RootElement;
        string? Claim(string name) => subject.Length > 0 && claims.TryGetProperty(name, out var value) ? value.GetString() : null;
        var requester = Requester(context);
        var audiences = form["audience"].Select(audience => audience!).ToArray();
        var token = subject.Length == 0
            ? TestToken.Service(requester, "agent-service", form["scope"].ToString())
            : TestToken.Person with
            {
                Audience = audiences.Length == 1 ? audiences[0] : audiences,
                Client = requester,
                Subject = Claim("sub"),
                SessionId = Claim("sid"),
                UserName = Claim("preferred_username"),
                Scope = $"profile {form["scope"]}".Trim(),
            };
        token = change?.Invoke(token) ?? token;
        return Results.Json(new { access_token = Sign(token), token_type = "Bearer", expires_in = (int)token.Lifetime.TotalSeconds });
    }

    public static IResult Refuse(int status, string error, string description) =>
        Results.Json(new { error, error_description = description }, statusCode: status);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var (key, _) in _keys)
        {
            key.Dispose();
        }
    }

    private void Map()
    {
        _app.MapGet("/realms/test/.well-known/openid-configuration", () => new
        {
            issuer = Issuer,
            token_endpoint = $"{Issuer}/token",
            jwks_uri = $"{Issuer}/certs",
        });
        _app.MapGet("/realms/test/certs", async (HttpContext context) =>
        {
            KeySetRequests++;
            await OnKeySet(context);
            return new { keys = _keys.Select(Published).Append(EncryptionKey()).ToArray() };
        });
        _app.MapPost("/realms/test/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            _requests.Enqueue(form);
            return OnToken is { } answer ? await answer(context, form) : Issue(context, form);
        });
    }

    private static string Requester(HttpContext context)
    {
        var basic = context.Request.Headers.Authorization.ToString()["Basic ".Length..];
        return Uri.UnescapeDataString(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':')[0]);
    }

    private static (RSA Key, string Id) NewKey() => (RSA.Create(2048), Guid.NewGuid().ToString("N"));

    private static object Published((RSA Key, string Id) key) => Published(key.Key, key.Id, "sig");

    // Keycloak publishes one too; a token signed with it must not pass.
    private object EncryptionKey() => Published(_keys[0].Key, "encryption-key", "enc");

    private static object Published(RSA key, string id, string use)
    {
        var parameters = key.ExportParameters(false);
        return new
        {
            kty = "RSA",
            use,
            kid = id,
            n = Base64Url.EncodeToString(parameters.Modulus),
            e = Base64Url.EncodeToString(parameters.Exponent)
        };
    }
}
