using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Every reason that a problem of this application may have.</summary>
internal sealed record KnownReasons(IReadOnlyList<ReasonCode> All);
