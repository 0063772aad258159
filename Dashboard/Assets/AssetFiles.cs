using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace TraceDemo.Dashboard.Assets;

/// <summary>Style, script and picture as embedded resources, independent of the working
/// directory. The address changes with the content.</summary>
internal static class AssetFiles
{
    private const string Prefix = "TraceDemo.Dashboard.Assets.";

    private static readonly FrozenDictionary<string, (byte[] Content, string Hash)> Files = Assembly.GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read, StringComparer.Ordinal);

    public static string Url(string name) => $"/assets/{name}?v={Files[name].Hash}";

    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", Serve).AllowAnonymous();

    private static IResult Serve(string name, HttpContext context)
    {
        if (!Files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        });
    }

    private static (byte[], string) Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return (content.ToArray(), Convert.ToHexStringLower(SHA256.HashData(content.ToArray()).AsSpan(0, 6)));
    }
}
