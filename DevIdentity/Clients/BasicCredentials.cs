using System.Net.Http.Headers;
using System.Text;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>client_secret_basic (RFC 6749 §2.3.1).</summary>
internal sealed record BasicCredentials(string ClientId, string Secret)
{
    /// <summary>Null if the header is absent, of another scheme or malformed.</summary>
    public static BasicCredentials? Parse(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null)
        {
            return null;
        }
        if (!string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        Span<byte> bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length))
        {
            return null;
        }
        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        // Both parts are form-urlencoded before they are joined.
        return colon < 0 ? null : new BasicCredentials(Decode(pair[..colon]), Decode(pair[(colon + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
