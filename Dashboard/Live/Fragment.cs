namespace TraceDemo.Dashboard.Live;

/// <summary>What some viewer sees of a version of a trace: as one event of a stream, in the bytes that all their streams send.</summary>
/// <param name="Version">Of the whole trace, seen or not.</param>
/// <param name="Seen">How many spans and logs are in it; none means that there is nothing to send.</param>
/// <param name="Rows">How many rows of each table fit.</param>
/// <param name="Event">The event.</param>
internal sealed record Fragment(TraceVersion Version, int Seen, int Rows, byte[] Event);
