using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Endpoint metadata: why the endpoint itself may refuse a request.</summary>
internal sealed record RefusalReasons(IReadOnlyList<ReasonCode> Reasons);
