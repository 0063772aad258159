namespace TraceDemo.SampleAgents.Markdown;

internal enum MarkdownKind
{
    Paragraph,
    Heading,
    ListItem,
    Table,
    Code,
}
