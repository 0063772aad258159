using System.Text.RegularExpressions;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Addresses without encryption, or that reveal the internal network (RFC 1918).</summary>
internal sealed partial class NetworkAddressRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type == ReviewType.Security;

    public IEnumerable<Finding> Check(ReviewedDocument document)
    {
        foreach (var line in document.Lines)
        {
            if (PlainHttp().Match(line.Text) is { Success: true } link)
            {
                yield return line.Finding(Severity.Medium, "network.plain_http", "An address without TLS: use https.", link.Index);
            }

            if (PrivateAddress().Match(line.Text) is { Success: true } address)
            {
                yield return line.Finding(Severity.Low, "network.private_address",
                    "An internal network address: remove it from the document.", address.Index);
            }
        }
    }

    [GeneratedRegex(@"\bhttp://(?!localhost\b|127\.|\[::1\])[^\s/]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        DocumentText.MatchTimeout)]
    private static partial Regex PlainHttp();

    [GeneratedRegex(@"(?<![\d.])(?<!\bversion )(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.]*\d)",
        RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex PrivateAddress();
}
