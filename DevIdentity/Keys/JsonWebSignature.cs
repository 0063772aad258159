using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Keys;

/// <summary>A signed token in compact serialization (RFC 7515 §7.1), parsed but not verified.</summary>
internal sealed record JsonWebSignature(JsonElement Header, JsonElement Payload, byte[] SigningInput, byte[] Signature)
{
    private const int MaxLength = 16 * 1024;

    public string? Algorithm => Header.Text("alg");
    public string? KeyId => Header.Text("kid");

    public static string Write(JsonObject header, JsonObject payload, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static bool TryParse(string? token, [NotNullWhen(true)] out JsonWebSignature? signature)
    {
        signature = null;
        if (token is null || token.Length > MaxLength)
        {
            return false;
        }
        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(part => Base64Url.IsValid(part)))
        {
            return false;
        }
        try
        {
            var header = Decode(parts[0]);
            var payload = Decode(parts[1]);
            if (header.ValueKind != JsonValueKind.Object || payload.ValueKind != JsonValueKind.Object)
            {
                return false;
            }
            var input = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
            signature = new JsonWebSignature(header, payload, input, Base64Url.DecodeFromChars(parts[2]));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Encode(JsonObject value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private static JsonElement Decode(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
        return document.RootElement.Clone();
    }
}
