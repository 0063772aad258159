using System.Globalization;
using System.Security.Claims;
using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Reads claims as RFC 7519 and RFC 8693 define them.</summary>
internal readonly struct TokenClaims(ClaimsPrincipal principal)
{
    private const int MaxActors = 16;

    // A day before the end of DateTimeOffset, so that a clock skew can be added.
    private const long EndOfTime = 253_402_214_400;

    public IEnumerable<string> All(string type) => principal.FindAll(type).Select(claim => claim.Value);

    public string? One(string type) => principal.FindFirst(type)?.Value is { Length: > 0 } value ? value : null;

    public HashSet<string> Words(string type) =>
        (One(type) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    public DateTimeOffset? Time(string type) =>
        long.TryParse(One(type), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= EndOfTime
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The clients in nested <c>act</c> claims, newest first (RFC 8693 §4.1); null when malformed or too deep.</summary>
    public List<string>? Actors()
    {
        List<string> actors = [];
        if (One("act") is not { } json)
        {
            return actors;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            for (var act = document.RootElement; ; act = act.GetProperty("act"))
            {
                if (actors.Count == MaxActors || act.GetProperty("sub").GetString() is not { } sub)
                {
                    return null;
                }

                actors.Add(sub);
                if (!act.TryGetProperty("act", out _))
                {
                    return actors;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
