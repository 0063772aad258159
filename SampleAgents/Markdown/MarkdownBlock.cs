namespace TraceDemo.SampleAgents.Markdown;

/// <summary>A piece of a document in plain text, without its markup.</summary>
/// <param name="Kind">The kind of block according to its markup.</param>
/// <param name="Text">The text on one line, with single spaces.</param>
internal sealed record MarkdownBlock(MarkdownKind Kind, string Text);
