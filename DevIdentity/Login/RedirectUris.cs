using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Which addresses a client may be sent back to: those of its realm entry, where a final <c>*</c> stands for any rest of the path.</summary>
internal static class RedirectUris
{
    public static bool Allows(RealmClient client, string? uri) => uri is not null && client.RedirectUris.Any(pattern => Matches(pattern, uri));

    /// <summary>Addresses after signing out: <c>+</c> means the same as for signing in, several are separated by <c>##</c>.</summary>
    public static bool AllowsAfterLogout(RealmClient client, string? uri) => uri is not null
        && (client.Attribute("post.logout.redirect.uris") ?? "").Split("##").Any(pattern => pattern == "+" ? Allows(client, uri) : Matches(pattern, uri));

    private static bool Matches(string pattern, string uri)
    {
        if (pattern == uri) { return true; }
        if (!pattern.EndsWith('*') || !Uri.TryCreate(pattern[..^1], UriKind.Absolute, out var allowed)) { return false; }
        return IsPlain(uri)
            && Uri.TryCreate(uri, UriKind.Absolute, out var given)
            && given.UserInfo.Length == 0
            && given.Scheme == allowed.Scheme
            && given.Host == allowed.Host
            && (given.Port == allowed.Port || IsAnyPort(allowed))
            && given.AbsolutePath.StartsWith(allowed.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>RFC 8252 §7.3: a native application listens on whatever port it gets.</summary>
    private static bool IsAnyPort(Uri allowed) => allowed.IsLoopback && allowed.IsDefaultPort;

    /// <summary>No way out of the path, and nothing that browsers and servers read differently.</summary>
    private static bool IsPlain(string uri) =>
        !uri.Contains("..", StringComparison.Ordinal)
        && !uri.Contains("%2e", StringComparison.OrdinalIgnoreCase)
        && uri.All(c => c is > ' ' and < (char)127 and not '\\' and not '#');
}
