namespace TraceDemo.Dashboard.Traces;

/// <summary>The viewer of traces.</summary>
/// <param name="Pseudonym">The person's pseudonym in spans.</param>
/// <param name="SeesAll">Whether the viewer is in the group admin.</param>
internal readonly record struct Viewer(string Pseudonym, bool SeesAll);
