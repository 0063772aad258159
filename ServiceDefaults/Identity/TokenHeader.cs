using System.Buffers.Text;
using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Reads the header of a JWT before it is verified: to fetch its key (RFC 7515 §4.1.4) and to reject other token types early. Never
/// use it to accept a token.
/// </summary>
internal static class TokenHeader
{
    private const int MaxHeaderLength = 4096;

    public static string? KeyId(string token) => Member(token, "kid");

    public static string? Type(string token) => Member(token, "typ");

    private static string? Member(string token, string name)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot is <= 0 or > MaxHeaderLength || !Base64Url.IsValid(token.AsSpan(0, dot)))
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, dot)));
            return header.RootElement.ValueKind == JsonValueKind.Object && header.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        // GetString of System.Text.Json throws InvalidOperationException for text that is not valid Unicode.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
