using System.Diagnostics;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review;
using TraceDemo.SampleAgents.Summary;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.SampleAgents;

public sealed class HostileDocumentTests
{
    /// <summary>What patterns choke on: long runs of almost-matches, of starts
    /// without ends, of separators, in one line and in many.</summary>
    public static TheoryData<string> Seeds =>
    [
        "a", " ", "1", "1 ", "1-", "0", "+1", "(", "[", "[a", "](", "*", "_", "*a", "`", "|", "-", "--", "# ", "\n", "a\n", "- \n", "```\n",
        "a.", "A. ", "a@", "a@a.", "@", "x@a.b ", "x@a.bc", "DE89", "DE89 ", "AA00", "4111 ", "eyJ-", "eyJaaaaaaaa.", "sk-", "password",
        "password=", "password=\"",
        "password:'a", "pwd=`", "a://b:", "http://", "10.", "TODO", "???", "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN A ",
        "1,000", "1,000.", "1111 ", "1111-1111 ", "we ", "to be ", "owner ", "Word word word. ", "\u0000", "\ud800", "é", "owner: n/a\n",
        "soon ", "\"soon\" ", "if to be named ", "to be named", "approved ", "was paid ", "approval , ", "no one ", "date of ",
        "without a ", "Reviewed by: ", "Reviewed by:\n", "| date ",
        "reviewed by a ", "finance@a.bc,", "finance-", "+49 40 5550 0142 ", "Of it ", "# Summary\nOne. ", "“", "must ", "; ",
    ];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_hostile_document_costs_no_more_than_a_long_one(string seed)
    {
        var text = string.Concat(Enumerable.Repeat(seed, 300_000 / seed.Length));
        var clock = Stopwatch.StartNew();

        foreach (var type in Enum.GetValues<ReviewType>())
        {
            Assert.InRange(DocumentReview.Run(TestDocument.Of(text), type).Count, 0, DocumentReview.MaxFindings);
        }

        ExtractiveSummary.Create(DocumentText.Bounded(text));

        // Linear work takes a fraction of this even on a busy machine; quadratic work on 256 Ki characters takes many minutes.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
