using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>The part of a page that the recording contains.</summary>
internal static class Html
{
    private static readonly string[] Ids = ["kc-form-login", "username", "password", "kc-login"];

    public static JsonObject Page(ProviderAnswer answer) => new()
    {
        ["status"] = answer.Status,
        ["location"] = answer.Location,
        ["title"] = Title(answer.Text),
        ["error"] = Error(answer.Text),
    };

    public static string Title(string page) => First(page, "<title>(?<it>.*?)</title>") ?? "";

    public static string? Error(string page) => First(page, """class="instruction"[^>]*>(?<it>.*?)<""")
        ?? First(page, """id="input-error(?!-container)[^"]*"[^>]*>(\s|<[^>]*>)*(?<it>[^<\s][^<]*)<""");

    public static JsonArray Aria(string page) => new([.. All(page, """aria-invalid="[^"]*["]""").Select(text => JsonValue.Create(text))]);

    /// <summary>Id, name, type and method of the controls that a browser test takes hold of.</summary>
    public static JsonArray Controls(string page)
    {
        var tags = All(page, "<(?:form|input|button)[^>]*>").Where(tag => Ids.Contains(Attribute(tag, "id"), StringComparer.Ordinal));
        return new JsonArray(
            [.. tags.Select(
                tag =>
                    JsonValue.Create(
                        $"{Attribute(tag, "id")} name={Attribute(tag, "name")} type={Attribute(tag, "type")} "
                        + $"method={Attribute(tag, "method")?.ToUpperInvariant()}"))]);
    }

    /// <summary>An address with the names of its parameters only.</summary>
    public static string Shape(string url, string authority)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? url : url[..query];
        path = path.StartsWith('/') ? new Uri(new Uri(authority), path).AbsoluteUri : path;
        return query < 0 ? path : $"{path}?{string.Join('&', url[(query + 1)..].Split('&').Select(pair => $"{pair.Split('=')[0]}=…"))}";
    }

    private static string? Attribute(string tag, string name) => First(tag, $"""\b{name}="(?<it>[^"]*)["]""");

    private static string? First(string text, string pattern)
    {
        var match = Regex.Match(text, pattern, RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return match.Success ? WebUtility.HtmlDecode(match.Groups["it"].Value.Trim()) : null;
    }

    private static IEnumerable<string> All(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Value);
}
