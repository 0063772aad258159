namespace TraceDemo.SampleAgents.Summary;

/// <summary>The purpose of a section according to its heading.</summary>
internal enum SectionKind
{
    Ordinary,

    /// <summary>The author's own summary.</summary>
    Essence,

    /// <summary>Unresolved points.</summary>
    Open,
}
