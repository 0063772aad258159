using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>The response for granted access; a denial is a problem with the same members.</summary>
internal sealed record AccessGranted(bool Granted, ReasonCode Reason, DocumentContent Document, Decision Decision, string? TraceId);
