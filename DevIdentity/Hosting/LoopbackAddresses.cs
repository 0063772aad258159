using System.Net;

namespace TraceDemo.DevIdentity.Hosting;

/// <summary>The listening addresses: plain http on this machine only.</summary>
internal static class LoopbackAddresses
{
    public const string Default = "http://localhost:8080";

    public static string[] Read(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new InvalidOperationException(
                "DevIdentity reads its address from 'urls' (--urls, ASPNETCORE_URLS) alone: remove Kestrel:Endpoints.");
        }

        var urls = (configuration["urls"] is { Length: > 0 } configured ? configured : Default).Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.FirstOrDefault(url => !IsLoopback(BindingAddress.Parse(url))) is { } outside)
        {
            throw new InvalidOperationException($"DevIdentity listens on plain http at localhost only, not on '{outside}'.");
        }

        return urls;
    }

    private static bool IsLoopback(BindingAddress address) =>
        address.Scheme == "http"
            && (address.Host == "localhost" || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));
}
