using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.Contracts.Access;

/// <summary>The outcome of an access as it is written: what another service wrote goes on byte by byte.</summary>
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
    /// <summary>It has been parsed on arrival, so it is well-formed; to unescape and
    /// escape a whole document at each hop would change nothing.</summary>
    internal sealed class AsReceived : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
