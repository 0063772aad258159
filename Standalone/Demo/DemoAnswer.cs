namespace TraceDemo.Standalone.Demo;

/// <summary>What came back: the members of the result of an access, which are those of a refusal's problem details too.</summary>
internal sealed record DemoAnswer(int Status, bool Granted, string? Reason, IReadOnlyList<string> Missing, string? TraceId);
