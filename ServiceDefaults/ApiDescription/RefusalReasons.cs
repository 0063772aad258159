using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Endpoint metadata: the reasons for which the endpoint itself may reject a request.</summary>
internal sealed record RefusalReasons(IReadOnlyList<ReasonCode> Reasons);
