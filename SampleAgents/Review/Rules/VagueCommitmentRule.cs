using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Commitments that cannot be verified.</summary>
internal sealed partial class VagueCommitmentRule() : LineRule(
    Severity.Low, "wording.vague", "A vague commitment: state who does what by when.")
{
    protected override int? Find(string line) => Vague().Matches(line).Take(SentenceContext.MaxPlaces)
        .FirstOrDefault(match => !SentenceContext.IsQuoted(line, match.Index))?.Index;

    [GeneratedRegex(
        @"\b(?:as (?:soon|quickly|early|far|fast) as (?:possible|practicable|feasible)|asap|promptly|shortly(?! (?:after|before)\b)|"
            + @"a suitable (?:\w{1,20} )?(?:time|date|moment|occasion|opportunity|window)|in due course|in the near future|at some point|"
            + @"sooner or later|where(?:ver)? (?:possible|appropriate|feasible)|if possible|as (?:appropriate|needed|necessary)|"
            + @"best efforts?|reasonable efforts?|(?:hopes?|intends?|aims?|will try) to|we try to|soon(?!er)|should be able to|and so on|"
            + @"more or less|appropriate measures|in a timely manner|going forward)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex Vague();
}
