namespace TraceDemo.Standalone.Demo;

/// <summary>The response: the members of an access result, which a denial's problem details contain too.</summary>
internal sealed record DemoResponse(int Status, bool Granted, string? Reason, IReadOnlyList<string> Missing, string? TraceId);
