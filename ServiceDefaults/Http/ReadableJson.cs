using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// JSON that a person can read: quotes, apostrophes and letters stand as they are (RFC 8259 §7). What could begin markup stays escaped, should anybody take a
/// body for a page.
/// </summary>
internal static class ReadableJson
{
    /// <summary>This encoder leaves markup as it is; <see cref="EscapeMarkup"/> makes up for that.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<byte> Markup = SearchValues.Create("<>&"u8);

    public static ReadOnlyMemory<byte> Serialize<T>(T value) => EscapeMarkup(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>JSON has these characters inside strings only, and UTF-8 has their bytes in no other character.</summary>
    private static ReadOnlyMemory<byte> EscapeMarkup(byte[] json)
    {
        if (!json.AsSpan().ContainsAny(Markup)) { return json; }

        var escaped = new ArrayBufferWriter<byte>(json.Length + 64);
        foreach (var character in json)
        {
            escaped.Write(character switch
            {
                (byte)'<' => @"\u003C"u8,
                (byte)'>' => @"\u003E"u8,
                (byte)'&' => @"\u0026"u8,
                _ => [character],
            });
        }

        return escaped.WrittenMemory;
    }
}
