using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>Reads the realm file, which Keycloak imports as well.</summary>
internal static class RealmReader
{
    public static Realm Read(JsonObject realm, IConfiguration configuration)
    {
        Placeholders.Resolve(realm, configuration);
        return Build(realm.Deserialize<RealmFile>(JsonSerializerOptions.Web) ?? throw new InvalidDataException("The file holds no realm."));
    }

    private static Realm Build(RealmFile file)
    {
        var scopes = file.ClientScopes.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        var clients = file.Clients.Select(client => Client(file, client, scopes))
            .ToFrozenDictionary(client => client.Id, StringComparer.Ordinal);
        return new Realm
        {
            Name = file.Realm,
            DisplayName = file.DisplayName ?? file.Realm,
            AccessTokenLifespan = TimeSpan.FromSeconds(file.AccessTokenLifespan),
            AccessCodeLifespan = TimeSpan.FromSeconds(file.AccessCodeLifespan),
            SessionIdle = TimeSpan.FromSeconds(file.SsoSessionIdleTimeout),
            SessionMax = TimeSpan.FromSeconds(file.SsoSessionMaxLifespan),
            Clients = clients,
            ServiceAccounts = clients.Values.Select(client => client.ServiceAccount).OfType<RealmUser>()
                .ToFrozenDictionary(user => user.Subject, StringComparer.Ordinal),
            Users = file.Users.Select(user => User(file, user)).ToFrozenDictionary(user => user.Username, StringComparer.OrdinalIgnoreCase),
            ScopeNames = [.. scopes.Keys.Prepend("openid")],
        };
    }

    private static RealmClient Client(RealmFile file, ClientEntry entry, Dictionary<string, ScopeEntry> scopes)
    {
        if (entry.Secret?.Contains("${", StringComparison.Ordinal) == true)
        {
            throw new InvalidDataException(
                $"The secret of client '{entry.ClientId}' is the unresolved placeholder {entry.Secret}: set that variable.");
        }

        // Keycloak: giving one of the two lists replaces both of the realm's defaults.
        var own = entry.DefaultClientScopes is not null || entry.OptionalClientScopes is not null;
        var defaults = own ? entry.DefaultClientScopes ?? [] : file.DefaultDefaultClientScopes;
        var optional = own ? entry.OptionalClientScopes ?? [] : file.DefaultOptionalClientScopes;
        var dedicated = new ClientScope(
            $"{entry.ClientId}-dedicated", IncludeInTokenScope: false, Mappers(entry.ClientId, entry.ProtocolMappers), Dedicated: true);
        return new RealmClient
        {
            Id = entry.ClientId,
            Enabled = entry.Enabled,
            IsPublic = entry.PublicClient,
            AuthenticatorType = entry.ClientAuthenticatorType,
            Secret = entry.Secret,
            StandardFlow = entry.StandardFlowEnabled,
            DirectAccess = entry.DirectAccessGrantsEnabled,
            ServiceAccount = entry.ServiceAccountsEnabled ? ServiceAccount(file, entry.ClientId) : null,
            RedirectUris = entry.RedirectUris,
            Attributes = entry.Attributes,
            DefaultScopes = [dedicated, .. defaults.Where(scopes.ContainsKey).Select(name => Scope(scopes[name]))],
            OptionalScopes = [.. optional.Where(scopes.ContainsKey).Select(name => Scope(scopes[name]))],
        };
    }

    private static ClientScope Scope(ScopeEntry entry) =>
        new(entry.Name, entry.Attributes.GetValueOrDefault("include.in.token.scope") != "false",
            Mappers(entry.Name, entry.ProtocolMappers), Dedicated: false);

    private static ClaimMapper[] Mappers(string owner, IReadOnlyList<MapperEntry> entries) =>
        [.. entries.Select(entry => ClaimMapper.From(entry)
            ?? throw new NotSupportedException(
                $"Mapper '{entry.Name}' of '{owner}' is of kind '{entry.ProtocolMapper}', which DevIdentity does not support: use Keycloak "
                + "for this realm."))];

    private static RealmUser ServiceAccount(RealmFile file, string clientId)
    {
        var username = $"service-account-{clientId}";
        return new RealmUser { Username = username, Subject = SubjectOf(file.Realm, username) };
    }

    private static RealmUser User(RealmFile file, UserEntry entry) => new()
    {
        Username = entry.Username,
        Subject = entry.Id ?? SubjectOf(file.Realm, entry.Username),
        Enabled = entry.Enabled,
        Email = entry.Email,
        FirstName = entry.FirstName,
        LastName = entry.LastName,
        Groups = entry.Groups,
        Password = Password(entry) is { } password ? PasswordHash.Of(password) : null,
        HasNameAsPassword = Password(entry) == entry.Username,
    };

    private static string? Password(UserEntry entry) =>
        entry.Credentials.FirstOrDefault(credential => credential.Type == "password")?.Value;

    /// <summary>The same subject in every run: a name-based UUID (RFC 9562 §5.8).</summary>
    private static string SubjectOf(string realm, string username)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{realm}/{username}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
