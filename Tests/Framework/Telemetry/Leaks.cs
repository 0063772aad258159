using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>
/// Finds what must never be in telemetry. Each finding says what and where; an empty list is a pass. <c>secrets</c> are values that the
/// test knows: client secrets, codes, cookies, and whole tokens, of which each segment counts.
/// </summary>
internal static partial class Leaks
{
    private const int ShortestSegment = 12;
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly (string What, Regex Pattern)[] Patterns =
    [
        ("token", Token()), ("authorization", Authorization()), ("secret", DevelopmentSecret()),
        ("e-mail", EMail()), ("cookie", Cookie()), ("query value", QueryValue()),
    ];

    /// <summary>In name, status, attributes, events and links of a span.</summary>
    public static IReadOnlyList<string> In(Activity span, params IReadOnlyList<string> secrets) =>
    [
        .. InText($"{span.DisplayName} {span.OperationName} {span.StatusDescription} {span.TraceStateString}", span.DisplayName, secrets),
        .. span.Baggage.Select(item => $"baggage in {span.DisplayName}: {item.Key}"),
        .. InAttributes(span.TagObjects, span.DisplayName, secrets),
        .. span.Events.SelectMany(item =>
            InText(item.Name, span.DisplayName, secrets).Concat(InAttributes(item.Tags, $"{span.DisplayName}/{item.Name}", secrets))),
        .. span.Links.SelectMany(link => InAttributes(link.Tags ?? [], $"{span.DisplayName}/link", secrets)),
    ];

    /// <summary>In a delivery of spans, logs or metrics: strings travel in it as they
    /// are, so all of them are searched, wherever they stand.</summary>
    public static IReadOnlyList<string> In(OtlpCollector.Delivery delivery, params IReadOnlyList<string> secrets) =>
    [
        .. InText(Encoding.Latin1.GetString(delivery.Body), delivery.Path, secrets),
        .. (delivery.Path == "/v1/traces" ? ReceivedSpan.Read(delivery.Body) : []).SelectMany(span => In(span, secrets)),
    ];

    /// <summary>In name, attributes and events of a span that was received.</summary>
    public static IReadOnlyList<string> In(ReceivedSpan span, params IReadOnlyList<string> secrets) =>
    [
        .. InText(span.Name, span.Name, secrets),
        .. span.Events.Select(item => item.Attributes).Prepend(span.Attributes)
            .SelectMany(attributes => InAttributes(
                attributes.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)), span.Name, secrets)),
    ];

    /// <summary>In any text: a response, a console line.</summary>
    public static IReadOnlyList<string> In(string text, params IReadOnlyList<string> secrets) => [.. InText(text, "text", secrets)];

    private static IEnumerable<string> InAttributes(
        IEnumerable<KeyValuePair<string, object?>> attributes, string where, IReadOnlyList<string> secrets) =>
        attributes.SelectMany(attribute => InText($"{attribute.Key}={Flat(attribute.Value)}", $"{where}/{attribute.Key}", secrets));

    private static IEnumerable<string> InText(string text, string where, IReadOnlyList<string> secrets) =>
        Patterns.Where(rule => rule.Pattern.IsMatch(text)).Select(rule => $"{rule.What} in {where}: {rule.Pattern.Match(text).Value}")
            .Concat(secrets.SelectMany(Segments).Where(secret => text.Contains(secret, StringComparison.Ordinal))
            .Select(secret => $"known secret in {where}: {secret}"));

    private static IEnumerable<string> Segments(string secret) =>
        secret.Split('.') is { Length: >= 3 } parts ? parts.Where(part => part.Length >= ShortestSegment) : [secret];

    private static string Flat(object? value) =>
        value is System.Collections.IEnumerable items and not string ? string.Join(' ', items.Cast<object?>()) : value?.ToString() ?? "";

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}", RegexOptions.NonBacktracking)]
    private static partial Regex Token();

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9+/=._-]{8,}", Linear | RegexOptions.IgnoreCase)]
    private static partial Regex Authorization();

    [GeneratedRegex(@"dev-only-[a-z0-9-]+", RegexOptions.NonBacktracking)]
    private static partial Regex DevelopmentSecret();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{2,}@[A-Za-z0-9-]{2,}(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", Linear)]
    private static partial Regex EMail();

    [GeneratedRegex(@"\b(set-)?cookie\b['""]?\s*[:=]|http\.re(quest|sponse)\.header\.(cookie|set-cookie|authorization)",
        Linear | RegexOptions.IgnoreCase)]
    private static partial Regex Cookie();

    [GeneratedRegex(
        @"\b(code|session_code|user_code|device_code|id_token_hint|id_token|access_token|refresh_token|subject_token|client_secret|"
            + @"client_assertion|password|code_verifier|session_state)=[^*\[&\s][^&\s]{2,}|url\.query=\??[^\s*?]",
        Linear | RegexOptions.IgnoreCase)]
    private static partial Regex QueryValue();
}
