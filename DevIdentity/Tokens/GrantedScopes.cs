using System.Diagnostics.CodeAnalysis;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>The scopes of a token: the client's default ones always, its optional
/// ones and <c>openid</c> when requested.</summary>
internal sealed record GrantedScopes(bool OpenId, IReadOnlyList<ClientScope> Applied)
{
    /// <summary>Claim <c>scope</c> of access tokens: without the scopes that only contain mappers.</summary>
    public string InToken => Join(Applied.Where(scope => scope.IncludeInTokenScope));

    /// <summary>Claim <c>scope</c> of refresh tokens.</summary>
    public string All => Join(Applied.Where(scope => !scope.Dedicated));

    /// <summary>Parses a request's <c>scope</c>: absent is valid; empty, or with a scope the client does not have, is not.</summary>
    public static bool TryResolve(
        RealmClient client, [NotNullWhen(false)] string? requested, [NotNullWhen(true)] out GrantedScopes? granted)
    {
        granted = null;
        var names = requested?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (requested is not null && names.Length == 0)
        {
            return false;
        }
        if (!names.All(name => name == "openid" || Has(client.DefaultScopes, name) || Has(client.OptionalScopes, name)))
        {
            return false;
        }
        granted = new GrantedScopes(
            names.Contains("openid", StringComparer.Ordinal),
            [.. client.DefaultScopes, .. client.OptionalScopes.Where(scope => names.Contains(scope.Name, StringComparer.Ordinal))]);
        return true;
    }

    private static bool Has(IReadOnlyList<ClientScope> scopes, string name) => scopes.Any(scope => !scope.Dedicated && scope.Name == name);

    private string Join(IEnumerable<ClientScope> scopes)
    {
        var names = scopes.Select(scope => scope.Name);
        return string.Join(' ', OpenId ? names.Prepend("openid") : names);
    }
}
