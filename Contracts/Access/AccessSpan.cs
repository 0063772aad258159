using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;
using Names = TraceDemo.Contracts.Access.AccessTelemetry.Access;

namespace TraceDemo.Contracts.Access;

/// <summary>The span around the work a service does for a person: whose, with which agent and document, and how it ended.</summary>
public readonly struct AccessSpan : IDisposable
{
    private AccessSpan(Activity? activity) => Activity = activity;

    /// <summary>The span, or null when nobody listens.</summary>
    public Activity? Activity { get; }

    /// <summary>Starts the span.</summary>
    /// <param name="name">One of the span names in <see cref="AccessTelemetry.Access"/>.</param>
    /// <param name="caller">Whose request it is.</param>
    /// <param name="document">The document asked for.</param>
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

    /// <summary>Does the work inside the span and notes its outcome, that of a thrown problem too.</summary>
    /// <param name="work">Ends in an answer or a <see cref="ProblemException"/>.</param>
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
    /// Notes the outcome. A denial (403) is the event <c>access.denied</c> and no error; that something could not be decided or done
    /// (5xx) is an error.
    /// </summary>
    /// <param name="granted">Whether the person got what was asked for.</param>
    /// <param name="reason">Why, or why not; null where nothing had to be decided.</param>
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
