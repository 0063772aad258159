using FsCheck;
using FsCheck.Fluent;
using TraceDemo.SampleAgents.Markdown;
using TraceDemo.SampleAgents.Summary;

namespace TraceDemo.Tests.SampleAgents;

public sealed class ExtractiveSummaryTests
{
    private static readonly string[] Vocabulary =
        ["budget", "roadmap", "engineering", "finance", "quarter", "growth", "the", "of", "and", "hiring", "platform", "risk",
            "4", "e.g.", "Dr."];

    private static readonly string[] Ends = [
        ". ", "! ", "? ", ".\n", "\n\n", ".\n\n## Growth\n\n", ".\n- ", ".\n> ", " | ", "\n```\ncode\n```\n"];

    private static readonly Gen<string> Documents =
        from sentences in Gen.ListOf(
            from words in Gen.NonEmptyListOf(Gen.Elements(Vocabulary))
            from end in Gen.Elements(Ends)
            select char.ToUpperInvariant(words[0][0]) + string.Join(' ', words)[1..] + end)
        select string.Concat(sentences);

    [Fact]
    public void Sentences_are_quoted_in_the_order_of_the_text()
    {
        Check(Documents, text =>
        {
            var all = Prose(text);
            var position = 0;
            foreach (var sentence in ExtractiveSummary.Create(text))
            {
                position = all.IndexOf(sentence, position) + 1;
                if (position == 0)
                {
                    return false;
                }
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
            var summary = ExtractiveSummary.Create(text);
            return summary.Count <= ExtractiveSummary.MaxSentences && summary.Sum(s => s.Length + 1) <= ExtractiveSummary.MaxCharacters + 1;
        }
    }

    [Fact]
    public void The_same_text_gives_the_same_summary() =>
        Check(Documents, text => ExtractiveSummary.Create(text).SequenceEqual(ExtractiveSummary.Create(new string(text))));

    [Fact]
    public void Prose_always_gives_at_least_one_sentence() =>
        Check(Documents, text => ExtractiveSummary.Create(text).Count > 0 == Prose(text).Exists(sentence => sentence.Length <= 400));

    [Fact]
    public void The_most_informative_sentences_are_selected()
    {
        var summary = ExtractiveSummary.Create("""
            # Hiring plan

            The weather was pleasant on Tuesday. The hiring plan adds twelve engineers to the platform team.
            Lunch was served at noon. Hiring for the platform team starts in March.
            Somebody mentioned a film.
            """);

        Assert.Equal(
            ["The hiring plan adds twelve engineers to the platform team.", "Hiring for the platform team starts in March."],
            summary);
    }

    [Theory]
    [InlineData("Summary")]
    [InlineData("Executive summary")]
    [InlineData("1. In short")]
    [InlineData("Conclusion")]
    [InlineData("At a glance")]
    public void The_authors_summary_section_comes_first_and_every_section_is_considered(string heading)
    {
        var summary = ExtractiveSummary.Create($"""
            # Report on the archive

            Owner: Ann Lee.

            ## {heading}

            The archive holds 4,100 boxes. A third of the boxes is damp. Moving costs 90 a box. The roof leaks again.

            ## Damage

            The damage in the cellar of the archive grew from 12 to 31 percent of the boxes. Boxes on the upper floor of the archive are
            dry. The cellar floods each spring.

            ## Staff

            Three archivists work in the archive. One archivist retires in June. The archive has no training budget for archivists.

            ## Open points

            Nobody has checked the insurance of the archive. The landlord promised an answer. The price of a pump is not known.

            ## Outlook

            A new building would hold 6,000 boxes. The city decides on it in the summer.
            """);

        Assert.Contains("The archive holds 4,100 boxes.", summary);
        Assert.Contains("A third of the boxes is damp.", summary);
        Assert.Contains(summary,
            sentence => sentence.StartsWith("Nobody has checked", StringComparison.Ordinal)
                || sentence.StartsWith("The landlord", StringComparison.Ordinal)
                || sentence.StartsWith("The price", StringComparison.Ordinal));
        Assert.Contains(summary, sentence => sentence.Contains("percent", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_points_without_a_heading_are_found_by_their_words()
    {
        var summary = ExtractiveSummary.Create("""
            # The move

            The office moves to the river in May. The office by the river has room for ninety desks. The desks of the office are new.
            The move of the office takes two days. A mover for the office is not yet named. The river is near the office.
            The office keeps its telephone numbers. Lunch by the river is better.
            """);

        Assert.Contains("A mover for the office is not yet named.", summary);
    }

    [Theory]
    [InlineData("Costs of the project rose by 14 percent.")]
    [InlineData("Costs of the project rose to 9,240.")]
    [InlineData("Costs of the project rose by 3.5% since then.")]
    public void A_sentence_with_a_figure_outranks_the_same_words_without_one(string sentence)
    {
        var summary = ExtractiveSummary.Create(
            $"# News\n\nCosts of the project rose in 2026. {sentence} Somebody spoke about costs on 3 March.");
        Assert.Equal([sentence], summary);
    }

    [Theory]
    [InlineData("They cost the project 40 percent more.")]
    [InlineData("Of these costs, the project bears 40 percent.")]
    [InlineData("This costs the project 40 percent more.")]
    public void A_sentence_that_depends_on_the_previous_one_is_omitted(string sentence)
    {
        var summary = ExtractiveSummary.Create($"# News\n\nCosts of the project rose by 14 percent. {sentence} Somebody spoke at noon.");
        Assert.Equal(["Costs of the project rose by 14 percent."], summary);
    }

    [Fact]
    public void Sections_share_the_summary_whatever_their_length() =>
        Check(
            from sections in Gen.Choose(7, 12)
            from much in Gen.Choose(10, 40)
            select string.Concat(Enumerable.Range(0, sections).Select(section =>
                $"## Part {(char)('a' + section)}\n\n"
                    + string.Concat(Enumerable.Repeat(0, section == 0 ? much : 2)
                        .Select(
                            (_, i) =>
                                $"The matter of part {(char)('a' + section)}{(char)('a' + section)} concerns item {Name(section, i)}. "))
                                    + "\n\n")),
            text => ExtractiveSummary.Create(text).Select(sentence => sentence.Split(' ')[4]).Distinct(StringComparer.Ordinal)
                .Count() >= ExtractiveSummary.MaxSentences - 1);

    [Fact]
    public void Headings_tables_and_code_are_never_quoted()
    {
        var summary = string.Join('\n', ExtractiveSummary.Create("""
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
    public void Sentences_end_where_a_reader_would_end_them(string text, int count) => Assert.Equal(count, Sentences.Split(text).Count());

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
    public void Markup_is_removed_and_text_is_kept(string markdown, string plain) =>
        Assert.Equal(plain, Assert.Single(MarkdownReader.Blocks(markdown)).Text);

    private static string Name(int section, int i) => new([.. $"{section:000}{i:000}".Select(digit => (char)('k' + digit - '0'))]);

    private static List<string> Prose(string text) =>
    [
        .. MarkdownReader.Blocks(text)
            .Where(block => block.Kind is MarkdownKind.Paragraph or MarkdownKind.ListItem)
            .SelectMany(block => Sentences.Split(block.Text)),
    ];

    private static void Check(Gen<string> texts, Func<string, bool> holds) =>
        Prop.ForAll(texts.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
