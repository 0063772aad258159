using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Reports a failed exchange to the caller: reason and the provider's <c>error</c> code, never its description.</summary>
public static class ExchangeProblem
{
    /// <summary>The problem as an exception.</summary>
    /// <param name="refused">The failure.</param>
    public static ProblemException Of(ExchangeResult.Refused refused)
    {
        var extensions = refused.Reason == ReasonCode.ExchangeRefused && refused.OAuthError is { } error
            ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["error"] = error }
            : null;
        return new ProblemException(refused.Reason, refused.Detail, extensions);
    }
}
