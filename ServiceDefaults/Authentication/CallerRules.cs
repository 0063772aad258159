using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>The callers that an endpoint accepts; one matching rule is enough.</summary>
internal sealed record CallerRules(IReadOnlyList<CallerRule> Any)
{
    public static readonly Refusal NotAccepted =
        new(ReasonCode.CallerNotAccepted, "This endpoint does not accept the client that sent this request (azp).");

    /// <summary>Null if accepted, otherwise the reason. Among the rules that name the
    /// client, the last one determines the reason.</summary>
    public Refusal? Check(Caller caller)
    {
        var refusal = NotAccepted;
        foreach (var rule in Any)
        {
            // A rule for services must not accept a person's token, and vice versa.
            if (!rule.Names(caller) || (rule.Clients.Count > 0 && !rule.Person && caller.IsPerson))
            {
                continue;
            }
            if (rule.Check(caller) is not { } fault)
            {
                return null;
            }

            refusal = fault;
        }

        return refusal;
    }
}
