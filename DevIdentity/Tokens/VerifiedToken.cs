using System.Text.Json;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>A token of this server with a verified signature.</summary>
internal sealed record VerifiedToken(JsonElement Claims)
{
    public string Id => Claims.Text("jti") ?? "";
    public string Subject => Claims.Text("sub") ?? "";
    public string ClientId => Claims.Text("azp") ?? "";
    public string? SessionId => Claims.Text("sid");
    public string Scope => Claims.Text("scope") ?? "";
    public long ExpiresAt => Claims.Number("exp") ?? 0;
    public IReadOnlyList<string> Audience => Claims.Texts("aud");
    public JsonElement? Act => Claims.TryGetProperty("act", out var act) ? act : null;
}
