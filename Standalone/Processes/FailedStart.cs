namespace TraceDemo.Standalone.Processes;

/// <summary>A child that exited before it was ever healthy. A restart would fail
/// again, so callers that wait for the system are informed immediately.</summary>
/// <param name="Name">The child.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastLines">Its last lines of output.</param>
internal sealed record FailedStart(string Name, int ExitCode, IReadOnlyList<string> LastLines)
{
    private const string Unhandled = "Unhandled exception. ";

    /// <summary>The reason: the complete message of the exception that ended a .NET
    /// process, or otherwise the last line that is not part of a stack trace.</summary>
    public string Sentence => $"{Name} exited at startup with code {ExitCode}: {Reason}";

    private string Reason =>
        LastLines.SkipWhile(line => !line.StartsWith(Unhandled, StringComparison.Ordinal))
            .TakeWhile(line => !IsOfStack(line)).ToList() is [var first, .. var more]
            ? string.Join(' ', [Message(first[Unhandled.Length..]), .. more.Select(line => line.Trim())])
            : LastLines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith("   ", StringComparison.Ordinal))
                ?? "it wrote nothing.";

    /// <summary>Whether the line reports an invalid file, for which the stack trace is irrelevant.</summary>
    public static bool IsOfInvalidData(string line) =>
        line.StartsWith($"{Unhandled}{typeof(InvalidDataException).FullName}", StringComparison.Ordinal);

    private static bool IsOfStack(string line) =>
        line.StartsWith("   at ", StringComparison.Ordinal) || line.StartsWith(" ---> ", StringComparison.Ordinal);

    /// <summary>Without the type, which the runtime puts first.</summary>
    private static string Message(string exception)
    {
        var colon = exception.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && !exception.AsSpan(0, colon).Contains(' ') ? exception[(colon + 2)..] : exception;
    }
}
