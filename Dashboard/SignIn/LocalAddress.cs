namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Addresses within this application. Browsers read what begins with two slashes as another host, take a backslash for a slash, and resolve
/// dot segments before they look (WHATWG URL, §4.4): what a redirect may name must stay here by every one of these readings.
/// </summary>
internal static class LocalAddress
{
    private static readonly Uri Here = new("http://localhost");

    public static bool IsLocal(string? address) =>
        BeginsWithOneSlash(address)
        && Uri.TryCreate(Here, address, out var resolved)
        && resolved.GetLeftPart(UriPartial.Authority) == Here.GetLeftPart(UriPartial.Authority)
        && BeginsWithOneSlash(resolved.AbsolutePath) && BeginsWithOneSlash(Uri.UnescapeDataString(resolved.AbsolutePath));

    // Browsers take tabs and line ends out of an address, so neither may hide a slash.
    private static bool BeginsWithOneSlash(string? address) => address is "/" or ['/', > ' ' and not ('/' or '\\'), ..];
}
