using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.DevIdentity.Login;

/// <summary>
/// What a form is for travels with the form, signed and bound to its browser. The server keeps nothing of a form that is open, so whoever
/// opens any number of them takes no room from others. A page of another site cannot make one for somebody's browser.
/// </summary>
internal sealed class FormSeal(KeyRing keys, TimeProvider time)
{
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

    /// <param name="type">Which form it is: what is sealed for one opens for no other.</param>
    /// <param name="browserId">The browser it belongs to.</param>
    /// <param name="content">What it is for.</param>
    public string Seal(string type, string browserId, JsonObject content)
    {
        content["typ"] = type;
        content["exp"] = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        content["browser"] = Hash(browserId);
        return JsonWebSignature.Write(new JsonObject { ["alg"] = "HS512" }, content, keys.Sealing.Sign);
    }

    /// <summary>Null for what was not sealed here, for another form or browser, or too long ago.</summary>
    public JsonElement? Open(string type, string? browserId, string? text)
    {
        if (browserId is null || !JsonWebSignature.TryParse(text, out var form) || !keys.Sealing.Verify(form.SigningInput, form.Signature))
        {
            return null;
        }
        var isMeant = form.Payload.Text("typ") == type && form.Payload.Text("browser") == Hash(browserId);
        return isMeant && form.Payload.Number("exp") > time.GetUtcNow().ToUnixTimeSeconds() ? form.Payload : null;
    }

    /// <summary>The id itself is the cookie's secret and stays out of addresses.</summary>
    private static string Hash(string browserId) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(browserId)));
}
