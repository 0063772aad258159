namespace TraceDemo.Dashboard.Traces;

/// <summary>One attribute; arrays and maps are stored as JSON text.</summary>
public readonly record struct Tag(string Key, TagKind Kind, string Value);
