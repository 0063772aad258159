namespace TraceDemo.Dashboard.Live;

/// <summary>Marks an endpoint with a long or large response, of which few may run at a time.</summary>
internal sealed record LongResponse;
