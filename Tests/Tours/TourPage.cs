using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Tours;

/// <summary>The testable parts of a page of docs/tours: the commands, their responses and the traces of these.</summary>
internal sealed partial record TourPage(string Commands, IReadOnlyList<HttpText> Answers, IReadOnlyList<TraceDrawing> Traces)
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth"];

    public static TourPage Read(SourceFile file)
    {
        var blocks = Fence().Matches(file.Text.ReplaceLineEndings("\n"))
            .Select(block => (Kind: block.Groups["kind"].Value, Text: block.Groups["text"].Value, Before: block.Groups["before"].Value))
            .ToList();
        return new TourPage(
            string.Concat(blocks.Where(block => block.Kind == "sh").Select(block => block.Text)),
            [.. blocks.Where(block => block.Kind == "http").SelectMany(block => HttpText.ReadAll(block.Text))],
            [.. blocks.Where(block => block.Kind == "text").Select(block => Drawing(block.Text, block.Before))]);
    }

    private static TraceDrawing Drawing(string text, string before)
    {
        var (lines, absent) = TraceDrawing.Read(text);
        return new(lines, absent)
        {
            Answer = Array.IndexOf(Ordinals, Said(OfAnswer(), before)),
            Viewer = Said(OfViewer(), before) ?? throw new InvalidOperationException($"No viewer is named for: {text}"),
            Heading = Said(OfHeading(), before),
        };
    }

    private static string? Said(Regex what, string text) => what.Matches(text) is [.., var last] ? last.Groups[1].Value : null;

    [GeneratedRegex(@"(?<before>(?:(?!^```).*\n)*?)^```(?<kind>\w+)\n(?<text>(?:(?!^```).*\n)*)^```$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"trace of the (\w+) response")]
    private static partial Regex OfAnswer();

    [GeneratedRegex(@"sign in as (\w+)")]
    private static partial Regex OfViewer();

    [GeneratedRegex(@"headed ""([^""]+)""")]
    private static partial Regex OfHeading();
}
