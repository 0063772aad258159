using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Keys;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>Claim <c>act</c> (RFC 8693 §4.1): the current actor is outermost, earlier actors
/// are nested in it. Informational; never evaluated.</summary>
internal static class ActorChain
{
    public const int MaxDepth = 8;

    /// <summary>Adds the actor in front; a renewal by the same actor adds nothing,
    /// and beyond the maximum depth the oldest are dropped.</summary>
    public static JsonObject Extend(string actor, JsonElement? earlier)
    {
        var actors = Read(earlier).ToList();
        if (actors.FirstOrDefault() != actor)
        {
            actors.Insert(0, actor);
        }
        var oldestFirst = actors.Take(MaxDepth).Reverse().ToList();
        return oldestFirst.Skip(1).Aggregate(
            new JsonObject { ["sub"] = oldestFirst[0] }, (chain, sub) => new JsonObject { ["sub"] = sub, ["act"] = chain });
    }

    private static IEnumerable<string> Read(JsonElement? act)
    {
        for (var depth = 0; depth < MaxDepth && act is { } current && current.Text("sub") is { } sub; depth++)
        {
            yield return sub;
            act = current.TryGetProperty("act", out var nested) ? nested : null;
        }
    }
}
