using System.Diagnostics;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;
using Names = TraceDemo.ServiceDefaults.Telemetry.TelemetryNames.Access;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>The span around the work a service does for a person: whose, with which agent and document, and how it ended.</summary>
public sealed class AccessSpan : IDisposable
{
    private AccessSpan(Activity? activity) => Activity = activity;

    /// <summary>The span, or null when nobody listens.</summary>
    public Activity? Activity { get; }

    /// <summary>Starts the span.</summary>
    /// <param name="name">One of the span names in <see cref="TelemetryNames.Access"/>.</param>
    /// <param name="caller">Whose request it is.</param>
    /// <param name="document">The document asked for.</param>
    /// <param name="agent">The agent, or null for direct access.</param>
    public static AccessSpan Start(string name, Caller caller, DocumentId document, AgentId? agent = null)
    {
        var activity = Instrumentation.Source.StartActivity(name);
        activity?.SetTag(Names.EnduserPseudoId, caller.Pseudonym);
        activity?.SetTag(Names.DocumentId, document.Value);
        if (agent is { } id) { activity?.SetTag(Names.AgentId, id.Value); }

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

    /// <summary>Notes the outcome. A denial is an event and no error; that something could not be done at all is an error.</summary>
    /// <param name="granted">Whether the document was released.</param>
    /// <param name="reason">Why, or why not.</param>
    public void Finish(bool granted, ReasonCode reason)
    {
        if (Activity is null) { return; }

        Activity.SetTag(Names.Granted, granted);
        Activity.SetTag(Names.Reason, reason.Value);
        if (reason.Status == 403)
        {
            Activity.AddEvent(new ActivityEvent(Names.DeniedEvent, tags: new ActivityTagsCollection { [Names.Reason] = reason.Value }));
        }
        else if (reason.Status >= 500)
        {
            Activity.SetTag(TelemetryNames.Server.ErrorType, reason.Value);
            Activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Activity?.Dispose();
}
