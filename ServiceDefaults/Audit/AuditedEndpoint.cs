namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Marks an endpoint whose requests are each on record.</summary>
internal sealed class AuditedEndpoint;
