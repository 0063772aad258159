using System.Net;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>A response as a browser received it.</summary>
internal sealed record Page(Uri Address, HttpStatusCode Status, string Html, HttpResponseMessage Response)
{
    public string Header(string name) => Response.Headers.TryGetValues(name, out var values) ? string.Join("; ", values) : "";

    public string FormAction =>
        WebUtility.HtmlDecode(Regex.Match(
            Html, """<form[^>]*action="(?<value>[^"]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value);

    /// <summary>The addresses of the links that begin with <paramref name="prefix"/>.</summary>
    public IReadOnlyList<string> Links(string prefix) =>
        [.. Regex.Matches(Html, """href="(?<value>[^"]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(link => WebUtility.HtmlDecode(link.Groups["value"].Value))
            .Where(link => link.StartsWith(prefix, StringComparison.Ordinal)).Distinct()];

    public string Antiforgery => Regex.Match(Html, """__RequestVerificationToken" value="(?<value>[^"]+)""", RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)).Groups["value"].Value;
}
