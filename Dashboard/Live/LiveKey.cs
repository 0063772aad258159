using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>The viewer and the trace; all viewers who see everything share one key.</summary>
internal readonly record struct LiveKey(TraceId Id, Viewer Viewer)
{
    public static LiveKey Of(TraceId id, Viewer viewer) => new(id, viewer.SeesAll ? viewer with { Pseudonym = "" } : viewer);
}
