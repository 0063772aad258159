using System.Collections.Immutable;
using System.Security.Cryptography;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.AgentService.Registry;

/// <summary>The whole registry at one moment, serialized, with the
/// entity tag of exactly these bytes (RFC 9110 §8.8.3).</summary>
internal sealed record RegistrySnapshot(
    ImmutableArray<RegisteredAgent> Agents, RegistryDecisions Decisions, ReadOnlyMemory<byte> Utf8Json, string ETag)
{
    public static RegistrySnapshot Of(ImmutableArray<RegisteredAgent> agents, RegistryDecisions decisions)
    {
        var json = ReadableJson.Serialize(agents);
        return new RegistrySnapshot(agents, decisions, json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\"");
    }
}
