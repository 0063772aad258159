using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Tours;

/// <summary>An answer in the form that curl prints and a page shows: status line, headers, and a body of JSON where there is one.</summary>
internal sealed partial record HttpText(int Status, IReadOnlyDictionary<string, string> Headers, JsonElement? Body)
{
    /// <summary>Every answer in a text, whatever else stands between them.</summary>
    public static IReadOnlyList<HttpText> ReadAll(string text) =>
        [.. StatusLine().Split(text.ReplaceLineEndings("\n")).Skip(1).Chunk(2).Select(parts => Read(parts[0], parts[1]))];

    /// <summary>What this answer, shortened to what matters, says and the other one does not.</summary>
    public IEnumerable<string> MissingFrom(HttpText whole)
    {
        if (Status != whole.Status)
        {
            yield return $"status {Status}, and it is {whole.Status}";
        }

        foreach (var (name, value) in Headers.Where(header => whole.Headers.GetValueOrDefault(header.Key) != header.Value))
        {
            yield return $"{name}: {value}, and it is {whole.Headers.GetValueOrDefault(name, "absent")}";
        }

        if (Body is { } body && !(whole.Body is { } other && IsPartOf(body, other)))
        {
            yield return $"{body.GetRawText()}, and it is {whole.Body?.GetRawText() ?? "absent"}";
        }
    }

    private static HttpText Read(string status, string rest)
    {
        var parts = rest.Split("\n\n", 2);
        var headers = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(": ", 2))
            .Where(header => header.Length == 2);
        return new HttpText(
            int.Parse(status, CultureInfo.InvariantCulture),
            headers.ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase),
            parts.Length == 2 && parts[1].TrimStart().StartsWith('{') ? FirstValue(parts[1]) : null);
    }

    /// <summary>Something of the shell's may follow.</summary>
    private static JsonElement FirstValue(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        return JsonElement.ParseValue(ref reader);
    }

    private static bool IsPartOf(JsonElement part, JsonElement whole) => part.ValueKind switch
    {
        JsonValueKind.Object => whole.ValueKind is JsonValueKind.Object && part.EnumerateObject().All(member =>
            whole.TryGetProperty(member.Name, out var other) && IsPartOf(member.Value, other)),
        _ => JsonElement.DeepEquals(part, whole),
    };

    [GeneratedRegex(@"HTTP/1\.1 (\d{3})(?= [A-Z])")]
    private static partial Regex StatusLine();
}
