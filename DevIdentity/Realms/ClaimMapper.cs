using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>One protocol mapper of the realm file: the token kinds it applies to, and the claim.</summary>
internal abstract class ClaimMapper(IReadOnlyDictionary<string, string> config)
{
    protected string ClaimName { get; } = config.GetValueOrDefault("claim.name", "");

    public bool AppliesTo(TokenKind kind) => kind switch
    {
        TokenKind.Access => IsOn("access.token.claim"),
        TokenKind.Id => IsOn("id.token.claim"),
        TokenKind.UserInfo => IsOn("userinfo.token.claim"),
        _ => throw new UnreachableException(),
    };

    public abstract void Apply(MappingContext context);

    /// <summary>The mapper of an entry, or null if its type is not supported.</summary>
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
