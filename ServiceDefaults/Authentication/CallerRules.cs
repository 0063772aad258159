using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>The list of callers that an endpoint accepts; any one is enough.</summary>
internal sealed record CallerRules(IReadOnlyList<CallerRule> Any)
{
    public static readonly Refusal NotAccepted =
        new(ReasonCode.CallerNotAccepted, "The client that sent this request (azp) is not among those this endpoint accepts.");

    /// <summary>Null when accepted, else why not. Among rules that name the
    /// client, the last one's answer counts as the explanation.</summary>
    public Refusal? Check(Caller caller)
    {
        var refusal = NotAccepted;
        foreach (var rule in Any)
        {
            // A rule for services on their own must not let a person's token pass, nor the other way round.
            if (!rule.Names(caller) || (rule.Clients.Count > 0 && !rule.Person && caller.IsPerson)) { continue; }
            if (rule.Check(caller) is not { } fault) { return null; }

            refusal = fault;
        }

        return refusal;
    }
}
