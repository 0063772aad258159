using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>Who follows which trace; all who see everything follow as one.</summary>
internal readonly record struct LiveKey(TraceId Id, Viewer Viewer)
{
    public static LiveKey Of(TraceId id, Viewer viewer) => new(id, viewer.SeesAll ? viewer with { Pseudonym = "" } : viewer);
}
