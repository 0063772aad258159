using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>What was done without an approval that anybody could show.</summary>
internal sealed class MissingEvidenceRule() : LineRule(
    Severity.Medium, "missing.evidence", "An approval or a proof is missing: get it in writing and say where it is kept.")
{
    protected override int? Find(string line) => MissingEvidence.Find(line);
}
