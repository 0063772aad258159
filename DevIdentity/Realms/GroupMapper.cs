using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Realms;

internal sealed class GroupMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context)
    {
        if (context.User.Groups.Count == 0)
        {
            return;
        }
        context.Claims[ClaimName] = new JsonArray(
            [.. context.User.Groups.Select(path => JsonValue.Create(IsOn("full.path") ? path : path[(path.LastIndexOf('/') + 1)..]))]);
    }
}
