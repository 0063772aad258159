using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.Contracts;

/// <summary>An id in JSON: a string that <see cref="IParsable{TSelf}"/> accepts.
/// Anything else is an error that names the id's type.</summary>
/// <typeparam name="T">The id; its <see cref="object.ToString"/> returns the id itself.</typeparam>
internal sealed class IdConverter<T> : JsonConverter<T>
    where T : struct, IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), null, out var id)
            ? id
            : throw new JsonException(JsonNamingPolicy.CamelCase.ConvertName(typeof(T).Name));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
