namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Marks an endpoint whose requests are all audited.</summary>
internal sealed class AuditedEndpoint;
