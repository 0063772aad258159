using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>
/// An enumeration in JSON as exactly one of its words, in camel case. The framework's converter also accepts numbers, other cases and
/// lists (<c>"read, review"</c>): alternative spellings can bypass a check.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class ExactWordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words =
        Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> Values = Words.ToDictionary(
        entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } word && Values.TryGetValue(word, out var value)
            ? value
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words[value]);
}
