using System.Text.Json;

namespace TraceDemo.Tests.Framework.Peers;

internal sealed record ReceivedRequest(IReadOnlyDictionary<string, string> Headers, string Path, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The claims of the bearer token.</summary>
    public JsonElement Token => Claims(Headers["Authorization"]["Bearer ".Length..]);

    public static JsonElement Claims(string token) => JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
}
