using System.Text.Json;

namespace TraceDemo.DevIdentity.Keys;

internal static class JsonElementExtensions
{
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? Text(value) : null;

    public static long? Number(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The members of a claim that is a string or an array of strings, like <c>aud</c> (RFC 7519 §4.1.3).</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text).OfType<string>()]
        : Text(value) is { } single ? [single]
        : [];

    /// <summary>Null for anything but a string; half an escaped surrogate pair is not a string, although JSON allows it.</summary>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
