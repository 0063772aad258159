using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy;

/// <summary>The words shared by telemetry and JSON.</summary>
internal static class DecisionWords
{
    public static string Word(this Outcome outcome) => outcome == Outcome.Allow ? "allow" : "deny";

    public static string Word(this CallerType callerType) => callerType switch
    {
        CallerType.User => "user",
        CallerType.Delegated => "delegated",
        _ => "service",
    };
}
