namespace TraceDemo.Dashboard.Traces;

/// <summary>Who looks at traces.</summary>
/// <param name="Pseudonym">The person as spans name them.</param>
/// <param name="SeesAll">A member of the group admin.</param>
internal readonly record struct Viewer(string Pseudonym, bool SeesAll);
