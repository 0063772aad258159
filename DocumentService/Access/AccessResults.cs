using System.Diagnostics;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.DocumentService.Access;

/// <summary>Responses for outcomes: a grant with the document, a denial as a problem with the same members.</summary>
internal static class AccessResults
{
    public static IResult ToResult(this AccessOutcome outcome) => outcome switch
    {
        AccessOutcome.Granted(var document, var decision) => Results.Ok(new AccessGranted(
            true,
            decision.Reason,
            new(document.Id, document.Title, document.Classification!.Sensitivity, document.Owner, document.Content),
            decision,
            Activity.Current?.TraceId.ToHexString())),
        AccessOutcome.Refused(var denial, _) => Problem.Result(denial.Reason!, denial.Detail, Members(("granted", false))),
        AccessOutcome.NotDone(var rejection) => rejection.ToResult(),
        AccessOutcome.Denied(var decision) =>
            Problem.Result(decision.Reason, Detail(decision), Members(("granted", false), ("decision", decision))),
        AccessOutcome.NotFound => Rejection.NotFound.ToResult(),
        _ => throw new UnreachableException(),
    };

    private static string Detail(Decision decision)
    {
        var detail = decision.Rules.First(verdict => verdict.Verdict == Verdict.Deny).Detail;
        return decision.Missing.IsEmpty ? detail : $"{detail} Missing: {string.Join(", ", decision.Missing)}.";
    }

    private static Dictionary<string, object?> Members(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            result.Add(name, value);
        }

        return result;
    }
}
