using System.Globalization;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>
/// An amount such as <c>0.50</c>, <c>100m</c> or <c>512M</c>:
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
/// </summary>
internal static partial class Quantity
{
    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        ["n"] = 1e-9m,
        ["u"] = 1e-6m,
        ["m"] = 1e-3m,
        [""] = 1,
        ["k"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["P"] = 1e15m,
        ["E"] = 1e18m,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
    };

    /// <summary>Null for what is no amount, or a negative one.</summary>
    public static decimal? Parse(string text)
    {
        var match = Syntax.Match(text);
        var number = match.Groups["number"].ValueSpan;
        return match.Success && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? amount * Units[match.Groups["unit"].Value]
            : null;
    }

    [GeneratedRegex(@"^(?<number>(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?)(?<unit>([KMGTPE]i|[numkMGTPE])?)\z")]
    private static partial Regex Syntax { get; }
}
