using System.Net;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>A browser as far as these tests need one: cookies per origin, redirects followed across origins, every answer kept.</summary>
internal sealed class Visitor(Uri dashboard) : IDisposable
{
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null });
    private readonly Dictionary<(string Origin, string Name), string> _cookies = [];

    public List<Page> Seen { get; } = [];

    /// <summary>The raw Set-Cookie lines of the Dashboard.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>The <c>Cookie</c> header that the browser sends to the Dashboard.</summary>
    public string Cookies => CookiesFor(dashboard.GetLeftPart(UriPartial.Authority));

    public Task<Page> GetAsync(string address) => FollowAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(dashboard, address)));

    public Task<Page> PostAsync(string address, params (string Name, string Value)[] form) =>
        FollowAsync(() => new HttpRequestMessage(HttpMethod.Post, new Uri(dashboard, address))
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    public Uri Home(string path) => new(dashboard, path);

    public async Task<Page> SignInAsync(string person)
    {
        var login = await GetAsync("/");
        return await PostAsync(login.FormAction, ("username", person), ("password", person), ("credentialId", ""));
    }

    /// <summary>Ends the session at the provider, in the browser; the provider then tells its clients.</summary>
    public async Task SignOutAtProviderAsync(string authority)
    {
        var question = await GetAsync($"{authority}/protocol/openid-connect/logout");
        var code = Regex.Match(question.Html, """name="session_code"[^>]*value="(?<value>[^"]+)""", RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)).Groups["value"].Value;
        await PostAsync(new Uri(question.Address, question.FormAction).AbsoluteUri, ("session_code", WebUtility.HtmlDecode(code)));
    }

    /// <summary>Sends the person's form of the page at <paramref name="address"/>, antiforgery token included.</summary>
    public async Task<Page> SubmitAsync(string address, params (string Name, string Value)[] form)
    {
        await GetAsync("/");
        return await SubmitSeenAsync(address, form);
    }

    /// <summary>The same from the page that was opened last.</summary>
    public Task<Page> SubmitSeenAsync(string address, params (string Name, string Value)[] form) =>
        PostAsync(address, [("__RequestVerificationToken", Seen[^1].Antiforgery), .. form]);

    /// <summary>The same browser at another port of the same host: cookies do not tell ports apart (RFC 6265 §8.5).</summary>
    public Visitor At(Uri replica)
    {
        var other = new Visitor(replica);
        foreach (var ((_, name), value) in _cookies.Where(cookie => cookie.Key.Origin == dashboard.GetLeftPart(UriPartial.Authority)))
        {
            other._cookies[(replica.GetLeftPart(UriPartial.Authority), name)] = value;
        }

        return other;
    }

    public async Task<Page> SendAsync(HttpRequestMessage request)
    {
        var origin = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        if (CookiesFor(origin) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }
        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Keep(origin, response);
        var page = new Page(request.RequestUri, response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
        Seen.Add(page);
        return page;
    }

    public void Dispose() => _http.Dispose();

    private string CookiesFor(string origin) =>
        string.Join("; ", _cookies.Where(cookie => cookie.Key.Origin == origin).Select(cookie => $"{cookie.Key.Name}={cookie.Value}"));

    private async Task<Page> FollowAsync(Func<HttpRequestMessage> first)
    {
        var page = await SendAsync(first());
        for (var hops = 0; page.Response.Headers.Location is { } location && hops < 10; hops++)
        {
            page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(page.Address, location)));
        }

        return page;
    }

    private void Keep(string origin, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var lines))
        {
            return;
        }
        foreach (var line in lines)
        {
            if (origin == dashboard.GetLeftPart(UriPartial.Authority))
            {
                SetCookies.Add(line);
            }
            var pair = line.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                _cookies.Remove((origin, pair[0]));
            }
            else
            {
                _cookies[(origin, pair[0])] = pair[1];
            }
        }
    }
}
