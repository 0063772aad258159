using System.Net;
using System.Text.RegularExpressions;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>A person signed in at the Dashboard, with the browser features that measuring
/// pages requires: cookies and followed redirects.</summary>
internal sealed partial class BrowserSession : IDisposable
{
    private readonly HttpClient _http;

    private BrowserSession(HttpClient http) => _http = http;

    public static async Task<BrowserSession> SignInAsync(Uri dashboard, string person, CancellationToken cancellationToken)
    {
        // 32 concurrent requests of one person need 32 connections, so that none waits for another on the client side.
        var handler = new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(),
            UseProxy = false,
            ActivityHeadersPropagator = null,
        };
        var session = new BrowserSession(new HttpClient(handler) { BaseAddress = dashboard });
        using var login = await session._http.GetAsync(new Uri("/traces", UriKind.Relative), cancellationToken);
        var form = FormAction().Match(await login.Content.ReadAsStringAsync(cancellationToken)).Groups["value"].Value;
        using var credentials = new FormUrlEncodedContent([new("username", person), new("password", person), new("credentialId", "")]);
        using var page = await session._http.PostAsync(
            new Uri(login.RequestMessage!.RequestUri!, WebUtility.HtmlDecode(form)), credentials, cancellationToken);
        return page.StatusCode is HttpStatusCode.OK && page.RequestMessage!.RequestUri!.Port == dashboard.Port
            ? session
            : throw new InvalidOperationException($"{person} could not sign in: {(int)page.StatusCode}.");
    }

    /// <summary>Reads the page to its end.</summary>
    public async Task<HttpStatusCode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(
            new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form[^>]*action=\"(?<value>[^\"]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormAction();
}
