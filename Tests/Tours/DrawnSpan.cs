using System.Globalization;

namespace TraceDemo.Tests.Tours;

/// <summary>
/// A line of a trace as a page draws it: <c>service name  attribute=value  error  event name  late  2.0 s</c>, two spaces between the
/// parts. The service is optional, and so is all behind the name.
/// </summary>
internal sealed record DrawnSpan(int Depth, string? Service, string Name, IReadOnlyList<string> Parts)
{
    private static readonly string[] Services = ["gateway", "user-service", "agent-service", "document-service", "identity"];

    public static DrawnSpan Read(string line)
    {
        var parts = line.Trim().Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var service = Services.FirstOrDefault(name => parts[0].StartsWith($"{name} ", StringComparison.Ordinal));
        var depth = (line.Length - line.TrimStart().Length) / 2;
        return new(depth, service, service is null ? parts[0] : parts[0][(service.Length + 1)..], parts[1..]);
    }

    /// <summary>Whether a span is what the line says; one that is drawn without <c>error</c> must be none.</summary>
    public bool IsDrawingOf(TourSpan span, TourSpan? parent) =>
        span.Name == Name && (Service is null || span.Service == Service) && span.IsError == Parts.Contains("error")
        && Parts.All(part => Holds(part, span, parent));

    private static bool Holds(string part, TourSpan span, TourSpan? parent) => part.Split(' ', '=') switch
    {
        ["error"] => true,
        // The larger part of the caller's time had passed before.
        ["late"] => parent is not null && span.Start - parent.Start > (parent.End - parent.Start) / 2,
        ["event", var name] => span.Events.Contains(name),
        // A busy machine takes longer, but nothing shortens what was waited for.
        [var seconds, "s"] => span.Seconds > double.Parse(seconds, CultureInfo.InvariantCulture) * 0.9,
        _ => part.Split('=', 2) is [var key, var value] && span.Attributes.GetValueOrDefault(key) == value,
    };
}
