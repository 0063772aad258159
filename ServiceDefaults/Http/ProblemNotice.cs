using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Among a request's features: is told of each problem before it is answered, and may throw another in its place.</summary>
/// <param name="BeforeAsync">Gets the problem's reason.</param>
internal sealed record ProblemNotice(Func<ReasonCode, ValueTask> BeforeAsync);
