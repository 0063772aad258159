using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Tokens;

internal sealed record AccessTokenRequest(TokenSubject Subject)
{
    /// <summary>If set, <c>aud</c> is restricted to it.</summary>
    public IReadOnlyCollection<string>? Audience { get; init; }

    public JsonObject? Act { get; init; }
}
