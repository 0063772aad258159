namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Addresses within this application. Browsers parse two leading slashes as another host, treat a backslash as a slash, and resolve
/// dot segments first (WHATWG URL, §4.4): a redirect address must stay local in each of these interpretations.
/// </summary>
internal static class LocalAddress
{
    private static readonly Uri Here = new("http://localhost");

    public static bool IsLocal(string? address) =>
        BeginsWithOneSlash(address)
        && Uri.TryCreate(Here, address, out var resolved)
        && resolved.GetLeftPart(UriPartial.Authority) == Here.GetLeftPart(UriPartial.Authority)
        && BeginsWithOneSlash(resolved.AbsolutePath) && BeginsWithOneSlash(Uri.UnescapeDataString(resolved.AbsolutePath));

    // Browsers remove tabs and line ends from an address, so neither may hide a slash.
    private static bool BeginsWithOneSlash(string? address) => address is "/" or ['/', > ' ' and not ('/' or '\\'), ..];
}
