using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.Contracts.Access;

/// <summary>Writes the outcome of an access; JSON of another service is copied byte by byte.</summary>
internal sealed record AccessAnswerBody(
    bool Granted,
    string Reason,
    [property: JsonConverter(typeof(AccessAnswerBody.AsReceived))] JsonElement? Document,
    [property: JsonConverter(typeof(AccessAnswerBody.AsReceived)),
        JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Output,
    [property: JsonConverter(typeof(AccessAnswerBody.AsReceived)),
        JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Decision,
    string? TraceId)
{
    /// <summary>It was parsed when received, so it is well-formed; unescaping and
    /// escaping a whole document at each hop would change nothing.</summary>
    internal sealed class AsReceived : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
