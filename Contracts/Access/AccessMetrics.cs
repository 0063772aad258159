using System.Diagnostics.Metrics;
using TraceDemo.ServiceDefaults.Telemetry;
using static TraceDemo.Contracts.Access.AccessTelemetry;

namespace TraceDemo.Contracts.Access;

/// <summary>Counts decisions and delegations. Labels have small, closed sets of values and never identify a person.</summary>
public static class AccessMetrics
{
    private static readonly Counter<long> Decisions = Instrumentation.Meter.CreateCounter<long>(
        Metrics.Decisions, "{decision}", "Access decisions of the policy.");

    private static readonly Counter<long> Delegations = Instrumentation.Meter.CreateCounter<long>(
        Metrics.Delegations, "{delegation}", "Delegated accesses, by agent and outcome.");

    /// <summary>Counts one decision of the policy. What-if evaluations are not decisions.</summary>
    /// <param name="decision"><c>allow</c> or <c>deny</c>.</param>
    /// <param name="reason">The decision's reason code.</param>
    /// <param name="callerType"><c>user</c>, <c>delegated</c> or <c>service</c>.</param>
    public static void RecordDecision(string decision, string reason, string callerType) => Decisions.Add(
        1,
        new(Metrics.DecisionLabel, decision), new(TelemetryNames.Metrics.ReasonLabel, reason), new(Metrics.CallerTypeLabel, callerType));

    /// <summary>Counts one delegated access.</summary>
    /// <param name="agent">Id of a registered agent: never an unchecked value
    /// from a request, which would make the label unbounded.</param>
    /// <param name="result"><c>granted</c> or the reason code of the denial.</param>
    public static void RecordDelegation(string agent, string result) =>
        Delegations.Add(1, new(Metrics.AgentLabel, agent), new(TelemetryNames.Metrics.ResultLabel, result));
}
