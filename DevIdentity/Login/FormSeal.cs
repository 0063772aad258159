using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.DevIdentity.Login;

/// <summary>
/// The purpose of a form is stored in the form itself, signed and bound to its browser. The server keeps no state of open forms, so
/// opening many of them does not affect others. A page of another site cannot create one for a person's browser.
/// </summary>
internal sealed class FormSeal(KeyRing keys, TimeProvider time)
{
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

    /// <param name="type">The type of form; a signature for one type is invalid for others.</param>
    /// <param name="browserId">The form's browser.</param>
    /// <param name="content">The purpose.</param>
    public string Seal(string type, string browserId, JsonObject content)
    {
        content["typ"] = type;
        content["exp"] = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        content["browser"] = Hash(browserId);
        return JsonWebSignature.Write(new JsonObject { ["alg"] = "HS512" }, content, keys.Sealing.Sign);
    }

    /// <summary>Null if it was not signed here, is for another form or browser, or has expired.</summary>
    public JsonElement? Open(string type, string? browserId, string? text)
    {
        if (browserId is null || !JsonWebSignature.TryParse(text, out var form) || !keys.Sealing.Verify(form.SigningInput, form.Signature))
        {
            return null;
        }
        var matches = form.Payload.Text("typ") == type && form.Payload.Text("browser") == Hash(browserId);
        return matches && form.Payload.Number("exp") > time.GetUtcNow().ToUnixTimeSeconds() ? form.Payload : null;
    }

    /// <summary>The id is the cookie's secret and never appears in addresses.</summary>
    private static string Hash(string browserId) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(browserId)));
}
