using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>
/// A browser as far as signing in needs one: cookies, forms, redirects one at a time. Its cookies are its own because .NET's
/// container does not return Keycloak's, which are <c>Secure</c> on plain http.
/// </summary>
internal sealed partial class Browser(string authority) : IDisposable
{
    public const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-section-4";

    private readonly ProviderClient _client = new(authority);
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public static string Challenge { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The names and the attributes of the cookies that the last answer set.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The address of an authorization request of the dashboard; null takes a parameter away.</summary>
    public string AuthorizationUrl(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = "dashboard",
            ["redirect_uri"] = "http://localhost:5000/signin",
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["state"] = "s1",
            ["nonce"] = "n1",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }
        var query = parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}");
        return $"{_client.Protocol}/auth?{string.Join('&', query)}";
    }

    public Task<ProviderAnswer> GetAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Absolute(url)));

    public Task<ProviderAnswer> PostAsync(string url, params (string Name, string Value)[] form) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, Absolute(url))
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    /// <summary>Follows redirects inside the provider; says which.</summary>
    public async Task<(ProviderAnswer Answer, IReadOnlyList<string> Hops)> FollowAsync(ProviderAnswer answer)
    {
        var hops = new List<string>();
        while (answer.Location is { } location && Absolute(location).Authority == new Uri(authority).Authority)
        {
            hops.Add(Absolute(location).AbsoluteUri);
            answer = await GetAsync(location);
        }

        return (answer, hops);
    }

    /// <summary>Fills in and sends the login form of a page.</summary>
    public Task<ProviderAnswer> LogInAsync(ProviderAnswer page, string person, string? password = null) =>
        PostAsync(FormAction(page.Text), ("username", person), ("password", password ?? person), ("credentialId", ""));

    /// <summary>Signs in and returns the code.</summary>
    public async Task<string> CodeAsync(string person)
    {
        var answer = await GetAsync(AuthorizationUrl());
        if (answer.Location is null)
        {
            answer = await LogInAsync(answer, person);
        }
        return Query(answer.Location!)["code"];
    }

    /// <summary>Redeems a code as the dashboard does.</summary>
    public Task<ProviderAnswer> RedeemAsync(string code, string? verifier = Verifier,
        string redirectUri = "http://localhost:5000/signin") => _client.PostAsync("/token", "dashboard",
    [
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri),
        .. verifier is null ? Array.Empty<(string, string)>() : [("code_verifier", verifier)],
    ]);

    public static string FormAction(string page) =>
        WebUtility.HtmlDecode(Regex.Match(
            page, """<form[^>]*action="(?<url>[^"]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["url"].Value);

    public static string Hidden(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"""name="{name}" value="(?<value>[^"]+)""", RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)).Groups["value"].Value);

    public static Dictionary<string, string> Query(string url) =>
        url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair.Length > 1 ? WebUtility.UrlDecode(pair[1]) : "", StringComparer.Ordinal);

    public bool HasCookie(string name) => _cookies.ContainsKey(name);

    public void Dispose() => _client.Dispose();

    private Uri Absolute(string url) => new(new Uri(authority), url);

    private async Task<ProviderAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (_cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }
            var answer = await _client.SendAsync(request);
            SetCookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
            foreach (var cookie in SetCookies.Select(text => Cookie().Match(text)))
            {
                if (cookie.Groups["value"].Length == 0)
                {
                    _cookies.Remove(cookie.Groups["name"].Value);
                }
                else
                {
                    _cookies[cookie.Groups["name"].Value] = cookie.Groups["value"].Value;
                }
            }

            return answer;
        }
    }

    [GeneratedRegex("^(?<name>[^=]+)=(?<value>[^;]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cookie();
}
