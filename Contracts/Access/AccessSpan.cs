using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;
using Names = TraceDemo.Contracts.Access.AccessTelemetry.Access;

namespace TraceDemo.Contracts.Access;

/// <summary>The span around a service's work for a person: person, agent, document and outcome.</summary>
public readonly struct AccessSpan : IDisposable
{
    private AccessSpan(Activity? activity) => Activity = activity;

    /// <summary>The span, or null if nothing listens.</summary>
    public Activity? Activity { get; }

    /// <summary>Starts the span.</summary>
    /// <param name="name">One of the span names in <see cref="AccessTelemetry.Access"/>.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="document">The requested document.</param>
    /// <param name="agent">The agent, or null for direct access.</param>
    public static AccessSpan Start(string name, Caller caller, DocumentId document, AgentId? agent = null)
    {
        var activity = Instrumentation.Source.StartActivity(name);
        activity?.SetTag(Names.EnduserPseudoId, caller.Pseudonym);
        activity?.SetTag(Names.DocumentId, document.Value);
        if (agent is { } id)
        {
            activity?.SetTag(Names.AgentId, id.Value);
        }

        return new AccessSpan(activity);
    }

    /// <summary>Runs the work inside the span and records its outcome, including a thrown problem.</summary>
    /// <param name="work">Returns an answer or throws a <see cref="ProblemException"/>.</param>
    public async Task<AccessAnswer> ObserveAsync(Func<Task<AccessAnswer>> work)
    {
        try
        {
            var answer = await work();
            Finish(answer.Granted, answer.Reason);
            return answer;
        }
        catch (ProblemException problem)
        {
            Finish(granted: false, problem.Reason);
            throw;
        }
    }

    /// <summary>
    /// Records the outcome. A denial (403) is the event <c>access.denied</c> and not an error; a decision or operation that could not
    /// be completed (5xx) is an error.
    /// </summary>
    /// <param name="granted">Whether the request was granted.</param>
    /// <param name="reason">The reason; null if no decision was needed.</param>
    public void Finish(bool granted, ReasonCode? reason)
    {
        Activity?.SetTag(Names.Granted, granted);
        if (Activity is null || reason is null)
        {
            return;
        }

        Activity.SetTag(Names.Reason, reason.Value);
        if (reason.Status == StatusCodes.Status403Forbidden)
        {
            Activity.AddEvent(new ActivityEvent(Names.DeniedEvent, tags: new ActivityTagsCollection { [Names.Reason] = reason.Value }));
        }
        else if (reason.Status >= StatusCodes.Status500InternalServerError)
        {
            Activity.SetTag(TelemetryNames.Server.ErrorType, reason.Value).SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Activity?.Dispose();
}
