using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>JSON as services write it, in responses and in the audit: readable, and
/// unable to start markup (<see cref="ReadableJsonEncoder"/>).</summary>
public static class ReadableJson
{
    /// <summary>For output; reading does not differ from <see cref="JsonSerializerOptions.Web"/>.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Web) { Encoder = new ReadableJsonEncoder() };

    /// <summary>The value as UTF-8 JSON.</summary>
    /// <param name="value">Anything that serializes.</param>
    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}
