using System.Text.RegularExpressions;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Login;

/// <summary>
/// Redirect URIs of a client by Keycloak's rules: those of its realm entry, compared as strings (RFC 9700 §2.1). The
/// port of a loopback address is free if none is registered, and a final <c>*</c> matches any rest of the path.
/// </summary>
internal static partial class RedirectUris
{
    public static bool Allows(RealmClient client, string? uri) => IsAny(client.RedirectUris, uri);

    /// <summary>Redirect URIs after sign-out: <c>+</c>, or no attribute, means
    /// those for sign-in; several are separated by <c>##</c>.</summary>
    public static bool AllowsAfterLogout(RealmClient client, string? uri) =>
        IsAny((client.Attribute("post.logout.redirect.uris") ?? "+").Split("##")
            .SelectMany(pattern => pattern == "+" ? client.RedirectUris : [pattern]), uri);

    private static bool IsAny(IEnumerable<string> patterns, string? uri)
    {
        if (uri is null || !Uri.TryCreate(uri, UriKind.Absolute, out _))
        {
            return false;
        }
        var withoutPort = LoopbackPort().Replace(uri, "");
        return patterns.Any(pattern => Matches(pattern, uri) || Matches(pattern, withoutPort));
    }

    private static bool Matches(string pattern, string uri)
    {
        if (pattern == uri)
        {
            return true;
        }
        if (!pattern.EndsWith('*') || !Uri.TryCreate(pattern[..^1], UriKind.Absolute, out var allowed))
        {
            return false;
        }
        return IsPlain(uri)
            && Uri.TryCreate(uri, UriKind.Absolute, out var given)
            && given.UserInfo.Length == 0
            && given.GetLeftPart(UriPartial.Authority) == allowed.GetLeftPart(UriPartial.Authority)
            && given.AbsolutePath.StartsWith(allowed.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>Nothing that leaves the path or that browsers and servers parse differently.</summary>
    private static bool IsPlain(string uri) =>
        !uri.Contains("..", StringComparison.Ordinal)
        && !uri.Contains("%2e", StringComparison.OrdinalIgnoreCase)
        && uri.All(c => c is > ' ' and < (char)127 and not '\\' and not '#');

    /// <summary>RFC 8252 §7.3: a native application listens on any port it gets, at an address that it chooses itself (§8.3).</summary>
    [GeneratedRegex(@"(?<=^http://(?:localhost|127\.0\.0\.1|\[::1\])):[0-9]{1,5}(?=/|\z)", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoopbackPort();
}
