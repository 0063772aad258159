using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Places that the author meant to come back to.</summary>
internal sealed class OpenPointRule() : LineRule(
    Severity.Medium, "content.open_point", "An open point: settle it or take it out.")
{
    protected override int? Find(string line) => OpenPoints.Find(line);
}
