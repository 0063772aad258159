using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>
/// The syntaxes of k8s.io/apimachinery/pkg/util/validation, described in
/// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and …/labels/.
/// </summary>
internal static partial class KubernetesNames
{
    public static bool IsDns1123Subdomain(string name) => name.Length <= 253 && Dns1123Subdomain.IsMatch(name);

    public static bool IsDns1123Label(string name) => name.Length <= 63 && Dns1123Label.IsMatch(name);

    public static bool IsDns1035Label(string name) => name.Length <= 63 && Dns1035Label.IsMatch(name);

    /// <summary>IANA_SVC_NAME, RFC 6335 section 5.1: with a letter, and no two hyphens in a row.</summary>
    public static bool IsPortName(string name) =>
        name.Length <= 15 && Dns1123Label.IsMatch(name) && name.Any(char.IsAsciiLetter) && !name.Contains("--", StringComparison.Ordinal);

    public static bool IsLabelValue(string value) => value.Length == 0 || (value.Length <= 63 && QualifiedName.IsMatch(value));

    public static bool IsLabelKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return IsLabelValue(key[(slash + 1)..]) && key.Length > slash + 1 && (slash < 0 || IsDns1123Subdomain(key[..slash]));
    }

    public static bool IsConfigKey(string key) => key.Length <= 253 && ConfigKey.IsMatch(key) && key is not ("." or "..");

    public static bool IsVariable(string name) => Variable.IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Dns1123Label { get; }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Dns1123Subdomain { get; }

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Dns1035Label { get; }

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex QualifiedName { get; }

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKey { get; }

    [GeneratedRegex(@"^[-._a-zA-Z][-._a-zA-Z0-9]*\z")]
    private static partial Regex Variable { get; }
}
