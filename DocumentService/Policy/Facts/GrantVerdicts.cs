using System.Collections.Frozen;
using System.Text.Json;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.DocumentService.Policy.Facts;

internal static class GrantVerdicts
{
    private static readonly FrozenDictionary<string, GrantVerdict> ByWord = Enum.GetValues<GrantVerdict>()
        .ToFrozenDictionary(verdict => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString()), StringComparer.Ordinal);

    /// <summary>Granted only by a check that granted; a result that the policy does not know is no grant.</summary>
    public static GrantVerdict Verdict(this TransactionCheck check) =>
        check.Granted ? GrantVerdict.Granted
        : ByWord.GetValueOrDefault(check.Result, GrantVerdict.Invalid) is var verdict && verdict != GrantVerdict.Granted ? verdict
        : GrantVerdict.Invalid;
}
