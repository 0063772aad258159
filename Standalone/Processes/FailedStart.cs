namespace TraceDemo.Standalone.Processes;

/// <summary>A child that ended before it was ever healthy. To start it again would only
/// fail again, so whoever waits for the system is told at once.</summary>
/// <param name="Name">The child.</param>
/// <param name="ExitCode">With which it ended.</param>
/// <param name="LastLines">What it wrote last.</param>
internal sealed record FailedStart(string Name, int ExitCode, IReadOnlyList<string> LastLines)
{
    private const string Unhandled = "Unhandled exception. ";

    /// <summary>Why, in one line: the message of the exception that ended a .NET
    /// process, else the last line that is not part of a stack.</summary>
    public string Sentence => $"{Name} ended at start with exit code {ExitCode}: {Reason}";

    private string Reason =>
        LastLines.LastOrDefault(line => line.StartsWith(Unhandled, StringComparison.Ordinal)) is { } unhandled
            ? Message(unhandled[Unhandled.Length..])
            : LastLines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith("   ", StringComparison.Ordinal))
                ?? "it wrote nothing.";

    /// <summary>Without the type, which the runtime puts before it.</summary>
    private static string Message(string exception)
    {
        var colon = exception.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && !exception.AsSpan(0, colon).Contains(' ') ? exception[(colon + 2)..] : exception;
    }
}
