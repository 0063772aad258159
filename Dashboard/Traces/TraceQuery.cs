namespace TraceDemo.Dashboard.Traces;

/// <summary>Queries of the pages, each for one viewer.</summary>
internal sealed class TraceQuery(TraceStore store)
{
    public const int PageSize = 50;

    public TraceSnapshot? Find(TraceId id, Viewer viewer) => store.Find(id)?.SeenBy(viewer);

    public IReadOnlyList<TraceSummary> List(TraceFilter filter, Viewer viewer) =>
        [.. store.Newest(viewer.SeesAll ? null : viewer.Pseudonym)
            .Select(trace => trace.SeenBy(viewer))
            .OfType<TraceSnapshot>()
            .Select(TraceSummary.Of)
            .Where(filter.Matches)
            .Take(PageSize)
            .OrderByDescending(trace => trace.Started)];
}
