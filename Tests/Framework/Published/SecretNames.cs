using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Recognizes secrets by the name of the variable or by the content of the value.</summary>
internal static partial class SecretNames
{
    public static bool IsSecret(string variable) => Secret.IsMatch(variable);

    public static bool ContainsPassword(string value) => Password.IsMatch(value);

    /// <summary>A value that whoever reads the file knows: nothing in it comes from a variable.</summary>
    public static bool IsLiteral(string variable, string value) =>
        (IsSecret(variable) && !value.Contains("${", StringComparison.Ordinal)) || LiteralPassword.IsMatch(value);

    // Otlp__Keys__gateway is the key of that sender.
    [GeneratedRegex("(secret|password|key|token)$|__keys__", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret { get; }

    [GeneratedRegex("(password|pwd)=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Password { get; }

    [GeneratedRegex(@"(password|pwd)=(?!\$\{)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex LiteralPassword { get; }
}
