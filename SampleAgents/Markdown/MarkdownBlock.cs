namespace TraceDemo.SampleAgents.Markdown;

/// <summary>A piece of a document in plain text, without its markup.</summary>
/// <param name="Kind">What the markup said it is.</param>
/// <param name="Text">The text on one line, with single spaces.</param>
internal sealed record MarkdownBlock(MarkdownKind Kind, string Text);
