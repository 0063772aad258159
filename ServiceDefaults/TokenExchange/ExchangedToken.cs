using System.Buffers.Text;
using System.Text.Json;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// A token as the provider returned it, with the claims needed to compare it with the request. The next hop verifies its signature;
/// this side received it directly from the provider.
/// </summary>
public sealed record ExchangedToken
{
    /// <summary>The raw token.</summary>
    public required AccessToken Token { get; init; }

    /// <summary>Claim <c>aud</c>.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Claim <c>azp</c>.</summary>
    public required string Client { get; init; }

    /// <summary>Claim <c>sub</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Claim <c>sid</c>, or null.</summary>
    public string? SessionId { get; init; }

    /// <summary>Claim <c>scope</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Claim <c>jti</c>, or null.</summary>
    public string? TokenId { get; init; }

    /// <summary>The clients in nested <c>act</c> claims, newest first.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>Claim <c>iat</c>.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Claim <c>exp</c>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    internal TokenDescription Description => field ??= new(Audiences, Scope.Split(' '), ExpiresAt - IssuedAt, TokenId);

    /// <summary>Reads the claims of a JWT without verifying it, or returns null if it is not a JWT.</summary>
    internal static ExchangedToken? Read(string raw)
    {
        var parts = raw.Split('.', 4);
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return Read(raw, document.RootElement);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
                or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static ExchangedToken Read(string raw, JsonElement claims) => new()
    {
        Token = new AccessToken(raw),
        Audiences = Strings(claims, "aud"),
        Client = claims.GetProperty("azp").GetString() ?? "",
        Subject = claims.GetProperty("sub").GetString() ?? "",
        SessionId = Text(claims, "sid"),
        Scope = Text(claims, "scope") ?? "",
        TokenId = Text(claims, "jti"),
        Actors = ActorsOf(claims),
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64()),
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()),
    };

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    // RFC 7519 §4.1.3: one audience may stand as a string, several as an array.
    private static string[] Strings(JsonElement claims, string name) => !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
        : [value.GetString() ?? ""];

    private static List<string> ActorsOf(JsonElement claims)
    {
        List<string> actors = [];
        for (var holder = claims; holder.TryGetProperty("act", out var act) && actors.Count < 16; holder = act)
        {
            actors.Add(act.GetProperty("sub").GetString() ?? "");
        }

        return actors;
    }
}
