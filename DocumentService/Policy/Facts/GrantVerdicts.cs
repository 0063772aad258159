using System.Collections.Frozen;
using System.Text.Json;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.DocumentService.Policy.Facts;

internal static class GrantVerdicts
{
    private static readonly FrozenDictionary<string, GrantVerdict> ByWord = Enum.GetValues<GrantVerdict>()
        .Where(verdict => verdict != GrantVerdict.Granted)
        .ToFrozenDictionary(verdict => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString()), StringComparer.Ordinal);

    /// <summary>Granted only if the check granted it; a result that the policy does not know is not a grant.</summary>
    public static GrantVerdict Verdict(this TransactionCheck check) =>
        check.Granted ? GrantVerdict.Granted : ByWord.GetValueOrDefault(check.Result, GrantVerdict.Invalid);
}
