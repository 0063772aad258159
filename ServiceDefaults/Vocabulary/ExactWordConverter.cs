using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>
/// An enumeration in JSON as exactly one of its words (<see cref="ExactWord"/>). The framework's converter also accepts numbers, other
/// cases and lists (<c>"read, review"</c>).
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class ExactWordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ExactWord.TryParse<T>(reader.GetString(), out var value)
            ? value
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Word());
}
