using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>A request feature that is called for each problem before the response, and may throw another problem instead.</summary>
/// <param name="BeforeAsync">Gets the problem's reason.</param>
internal sealed record ProblemNotice(Func<ReasonCode, ValueTask> BeforeAsync);
