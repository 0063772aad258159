using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>An answer of the provider, as it came.</summary>
internal sealed record ProviderAnswer(int Status, JsonNode? Body, string Text, HttpResponseHeaders Headers)
{
    public string? Error => (string?)Body?["error"];
    public string? Description => (string?)Body?["error_description"];
    public string AccessToken => (string)Body!["access_token"]!;
    public string RefreshToken => (string)Body!["refresh_token"]!;
    public string IdToken => (string)Body!["id_token"]!;
    public string? Location => Headers.Location?.OriginalString;
}
