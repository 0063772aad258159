using System.Net;
using System.Net.Http.Headers;

namespace TraceDemo.Tests.Framework.Deployment;

/// <summary>
/// Somebody outside with a browser, and the proxy before the system that ends TLS: addresses, cookies and redirects are https and public,
/// what arrives inside is plain http with <c>X-Forwarded-*</c>.
/// </summary>
internal sealed class PublicVisitor(IReadOnlyDictionary<string, Uri> inside) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly CookieContainer _cookies = new();

    /// <summary>Follows redirects as far as they lead to an address that is served here.</summary>
    public async Task<(HttpStatusCode Status, Uri Address, string Text)> GoAsync(Uri address, params (string Name, string Value)[] form)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            using var response = await SendAsync(address, hops == 0 && form.Length > 0 ? form : null);
            var next = response.Headers.Location is { } location ? new Uri(address, location) : null;
            if (next is null || !inside.ContainsKey(next.Host))
            {
                return (response.StatusCode, next ?? address,
                    await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            }

            address = next;
        }

        throw new InvalidOperationException($"Redirected again and again, at last to {address}.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, (string Name, string Value)[]? form)
    {
        using var request = new HttpRequestMessage(
            form is null ? HttpMethod.Get : HttpMethod.Post, new Uri(inside[address.Host], address.PathAndQuery));
        request.Headers.Host = address.Host;
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Host", address.Host);
        request.Headers.Add("X-Forwarded-Port", "443");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (_cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        if (form is not null)
        {
            request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }

        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                _cookies.SetCookies(address, cookie);
            }
        }

        return response;
    }
}
