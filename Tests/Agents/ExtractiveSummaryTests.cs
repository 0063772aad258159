using FsCheck;
using FsCheck.Fluent;
using TraceDemo.AgentService.Agents.Markdown;
using TraceDemo.AgentService.Agents.Summary;

namespace TraceDemo.Tests.Agents;

public sealed class ExtractiveSummaryTests
{
    private static readonly string[] Vocabulary =
        ["budget", "roadmap", "engineering", "finance", "quarter", "growth", "the", "of", "and", "hiring", "platform", "risk", "4", "e.g.", "Dr."];

    private static readonly string[] Ends = [". ", "! ", "? ", ".\n", "\n\n", ".\n\n## Growth\n\n", ".\n- ", ".\n> ", " | ", "\n```\ncode\n```\n"];

    private static readonly Gen<string> Documents =
        from sentences in Gen.ListOf(
            from words in Gen.NonEmptyListOf(Gen.Elements(Vocabulary))
            from end in Gen.Elements(Ends)
            select char.ToUpperInvariant(words[0][0]) + string.Join(' ', words)[1..] + end)
        select string.Concat(sentences);

    [Fact]
    public void Sentences_are_those_of_the_text_in_its_order()
    {
        Check(Documents, text =>
        {
            var all = Prose(text);
            var position = 0;
            foreach (var sentence in ExtractiveSummary.Of(text))
            {
                position = all.IndexOf(sentence, position) + 1;
                if (position == 0)
                    return false;
            }

            return true;
        });
    }

    [Fact]
    public void Any_text_gives_a_summary_within_the_bounds()
    {
        Check(ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""), WithinBounds);
        Check(Documents, WithinBounds);

        static bool WithinBounds(string text)
        {
            var summary = ExtractiveSummary.Of(text);
            return summary.Count <= ExtractiveSummary.MaxSentences && summary.Sum(s => s.Length + 1) <= ExtractiveSummary.MaxCharacters + 1;
        }
    }

    [Fact]
    public void The_same_text_gives_the_same_summary() =>
        Check(Documents, text => ExtractiveSummary.Of(text).SequenceEqual(ExtractiveSummary.Of(new string(text))));

    [Fact]
    public void Prose_always_gives_at_least_one_sentence() =>
        Check(Documents, text => ExtractiveSummary.Of(text).Count > 0 == Prose(text).Exists(sentence => sentence.Length <= 400));

    [Fact]
    public void The_sentences_that_say_most_are_picked()
    {
        var summary = ExtractiveSummary.Of("""
            # Hiring plan

            The weather was pleasant on Tuesday. The hiring plan adds twelve engineers to the platform team.
            Lunch was served at noon. Hiring for the platform team starts in March.
            Somebody mentioned a film.
            """);

        Assert.Equal(
            ["The hiring plan adds twelve engineers to the platform team.", "Hiring for the platform team starts in March."],
            summary);
    }

    [Fact]
    public void Headings_tables_and_code_are_never_quoted()
    {
        var summary = string.Join('\n', ExtractiveSummary.Of("""
            # Budget heading about budget budget budget

            | budget | table | about | budget |
            |--------|-------|-------|--------|

            ```
            budget code about budget budget budget
            ```

            The budget grows by **four** percent, says the [annual report](https://example.test/report).
            """));

        Assert.Equal("The budget grows by four percent, says the annual report.", summary);
    }

    [Theory]
    [InlineData("We met Dr. Smith today. He agreed.", 2)]
    [InlineData("It rose by 4.5 percent. Good.", 2)]
    [InlineData("Use tools, e.g. Excel, for that.", 1)]
    [InlineData("J. Doe signed. Then we left.", 2)]
    [InlineData("Really? Yes! \"Sure.\" he said.", 3)]
    [InlineData("No end", 1)]
    [InlineData("   ", 0)]
    public void Sentences_end_where_a_reader_would_end_them(string text, int count) => Assert.Equal(count, Sentences.Of(text).Count());

    [Fact]
    public void A_list_item_keeps_its_continuation_line()
    {
        var blocks = MarkdownReader.Blocks("- first item\n  goes on\n- [x] second item\n\n1. third");

        Assert.Equal(["first item goes on", "second item", "third"], blocks.Select(block => block.Text));
        Assert.All(blocks, block => Assert.Equal(MarkdownKind.ListItem, block.Kind));
    }

    [Theory]
    [InlineData("a *b* __c__ `d` e", "a b c d e")]
    [InlineData("5 * 3 and snake_case_name", "5 * 3 and snake_case_name")]
    [InlineData("![alt](x.png) and [text](http://x)", "alt and text")]
    [InlineData("[not a link] (really)", "[not a link] (really)")]
    public void Markup_is_taken_out_and_text_is_not(string markdown, string plain) =>
        Assert.Equal(plain, Assert.Single(MarkdownReader.Blocks(markdown)).Text);

    private static List<string> Prose(string text) =>
    [
        .. MarkdownReader.Blocks(text)
            .Where(block => block.Kind is MarkdownKind.Paragraph or MarkdownKind.ListItem)
            .SelectMany(block => Sentences.Of(block.Text)),
    ];

    private static void Check(Gen<string> texts, Func<string, bool> holds) =>
        Prop.ForAll(texts.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
