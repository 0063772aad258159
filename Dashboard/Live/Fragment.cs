namespace TraceDemo.Dashboard.Live;

/// <summary>A viewer's view of one version of a trace: one event, in the bytes that all of the viewer's streams send.</summary>
/// <param name="Version">The version of the whole trace, visible or not.</param>
/// <param name="Seen">The number of visible spans and logs; with none there is nothing to send.</param>
/// <param name="Rows">The number of rows of each table that fit.</param>
/// <param name="Event">The event.</param>
internal sealed record Fragment(TraceVersion Version, int Seen, int Rows, byte[] Event);
