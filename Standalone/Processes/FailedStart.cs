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
    /// process, all lines of it, else the last line that is not part of a stack.</summary>
    public string Sentence => $"{Name} ended at start with exit code {ExitCode}: {Reason}";

    private string Reason =>
        LastLines.SkipWhile(line => !line.StartsWith(Unhandled, StringComparison.Ordinal))
            .TakeWhile(line => !IsOfStack(line)).ToList() is [var first, .. var more]
            ? string.Join(' ', [Message(first[Unhandled.Length..]), .. more.Select(line => line.Trim())])
            : LastLines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith("   ", StringComparison.Ordinal))
                ?? "it wrote nothing.";

    /// <summary>Whether the line begins to tell that a file is invalid: where in the code that was found out helps nobody.</summary>
    public static bool IsOfInvalidData(string line) =>
        line.StartsWith($"{Unhandled}{typeof(InvalidDataException).FullName}", StringComparison.Ordinal);

    private static bool IsOfStack(string line) =>
        line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith(" ---> ", StringComparison.Ordinal);

    /// <summary>Without the type, which the runtime puts before it.</summary>
    private static string Message(string exception)
    {
        var colon = exception.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && !exception.AsSpan(0, colon).Contains(' ') ? exception[(colon + 2)..] : exception;
    }
}
