using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Realms;

internal enum TokenKind { Access, Id, UserInfo }

/// <summary>What the mappers of a client's scopes read from and write to.</summary>
internal sealed record MappingContext(RealmUser User, IReadOnlyDictionary<string, string> Notes, string Acr)
{
    public JsonObject Claims { get; } = [];
    public SortedSet<string> Audience { get; } = new(StringComparer.Ordinal);
}

/// <summary>One protocol mapper of the realm file: which token kinds it writes to, and what.</summary>
internal abstract class ClaimMapper(IReadOnlyDictionary<string, string> config)
{
    protected string ClaimName { get; } = config.GetValueOrDefault("claim.name", "");

    public bool AppliesTo(TokenKind kind) => kind switch
    {
        TokenKind.Access => IsOn("access.token.claim"),
        TokenKind.Id => IsOn("id.token.claim"),
        _ => IsOn("userinfo.token.claim"),
    };

    public abstract void Apply(MappingContext context);

    /// <summary>The mapper of an entry, or null for a kind that is not supported.</summary>
    public static ClaimMapper? From(MapperEntry entry) => entry.ProtocolMapper switch
    {
        "oidc-sub-mapper" => new SubjectMapper(entry.Config),
        "oidc-usersessionmodel-note-mapper" => new SessionNoteMapper(entry.Config),
        "oidc-usermodel-attribute-mapper" => new UserAttributeMapper(entry.Config),
        "oidc-full-name-mapper" => new FullNameMapper(entry.Config),
        "oidc-group-membership-mapper" => new GroupMapper(entry.Config),
        "oidc-acr-mapper" => new AcrMapper(entry.Config),
        "oidc-audience-mapper" => new AudienceMapper(entry.Config),
        _ => null,
    };

    protected bool IsOn(string name) => config.TryGetValue(name, out var value) && value == "true";

    protected JsonNode Typed(string value) =>
        config.GetValueOrDefault("jsonType.label") is "long" or "int" && long.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(value);
}

internal sealed class SubjectMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context) => context.Claims["sub"] = context.User.Subject;
}

internal sealed class SessionNoteMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    private readonly string _note = config.GetValueOrDefault("user.session.note", "");

    public override void Apply(MappingContext context)
    {
        if (context.Notes.TryGetValue(_note, out var value)) { context.Claims[ClaimName] = Typed(value); }
    }
}

internal sealed class UserAttributeMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    private readonly string _attribute = config.GetValueOrDefault("user.attribute", "");

    public override void Apply(MappingContext context)
    {
        if (context.User.Attribute(_attribute) is { } value) { context.Claims[ClaimName] = Typed(value); }
    }
}

internal sealed class FullNameMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context)
    {
        var name = $"{context.User.FirstName} {context.User.LastName}".Trim();
        if (name.Length > 0) { context.Claims["name"] = name; }
    }
}

internal sealed class GroupMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context)
    {
        if (context.User.Groups.Count == 0) { return; }
        context.Claims[ClaimName] = new JsonArray([.. context.User.Groups.Select(path => JsonValue.Create(IsOn("full.path") ? path : path[(path.LastIndexOf('/') + 1)..]))]);
    }
}

internal sealed class AcrMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    public override void Apply(MappingContext context) => context.Claims["acr"] = context.Acr;
}

internal sealed class AudienceMapper(IReadOnlyDictionary<string, string> config) : ClaimMapper(config)
{
    private readonly string? _audience = config.GetValueOrDefault("included.client.audience") ?? config.GetValueOrDefault("included.custom.audience");

    public override void Apply(MappingContext context)
    {
        if (_audience is not null) { context.Audience.Add(_audience); }
    }
}
