using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Places that the author left unfinished.</summary>
internal sealed class OpenPointRule() : LineRule(
    Severity.Medium, "content.open_point", "An open point: resolve or remove it.")
{
    protected override int? Find(string line) => OpenPoints.Find(line);
}
