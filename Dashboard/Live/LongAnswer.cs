namespace TraceDemo.Dashboard.Live;

/// <summary>Marks an endpoint whose answer takes long or is large, so that there may be few of them at a time.</summary>
internal sealed record LongAnswer;
