using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Actions without a documented approval.</summary>
internal sealed class MissingEvidenceRule() : LineRule(
    Severity.Medium, "missing.evidence", "An approval or evidence is missing: obtain it in writing and state where it is stored.")
{
    protected override int? Find(string line) => MissingEvidence.Find(line);
}
