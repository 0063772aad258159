using System.Text.Json.Serialization;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal sealed record TransactionKeySet([property: JsonPropertyName("keys")] IReadOnlyList<TransactionKey> Keys)
{
    public const string Path = "/.well-known/jwks.json";
}
