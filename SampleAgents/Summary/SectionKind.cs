namespace TraceDemo.SampleAgents.Summary;

/// <summary>What a section is for, as far as its heading says so.</summary>
internal enum SectionKind
{
    Ordinary,

    /// <summary>What its author holds to be the essence.</summary>
    Essence,

    /// <summary>What is not settled.</summary>
    Open,
}
