using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>A transaction token put together by hand, so that one thing in it can be
/// wrong, and signed with a key that receivers trust.</summary>
internal sealed class HandmadeTransactionToken(ECDsa key, string keyId, long now)
{
    private readonly JsonObject _header = new() { ["alg"] = "ES256", ["typ"] = "txntoken+jwt", ["kid"] = keyId };

    private readonly JsonObject _claims = new()
    {
        ["iss"] = "user-service",
        ["iat"] = now,
        ["exp"] = now + 60,
        ["aud"] = "tracedemo",
        ["txn"] = "t",
        ["sub"] = "alice-id",
        ["sid"] = "alice-session",
        ["scope"] = "documents:read",
        ["req_wl"] = "user-service",
        ["act"] = new JsonObject { ["sub"] = "agent-gpt4" },
        ["tctx"] = new JsonObject { ["agent"] = "gpt4", ["document"] = "DOC-005", ["action"] = "read" },
    };

    /// <summary>Replaces a member of the header or a claim; null takes it away.</summary>
    public HandmadeTransactionToken With(string member, JsonNode? value)
    {
        var part = _header.ContainsKey(member) ? _header : _claims;
        if (value is null)
        {
            part.Remove(member);
        }
        else
        {
            part[member] = value;
        }

        return this;
    }

    public string Sign()
    {
        var input = $"{Encode(_header)}.{Encode(_claims)}";
        var unsigned = _header["alg"]?.GetValue<string>() == "none";
        byte[] signature = unsigned ? [] : key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
