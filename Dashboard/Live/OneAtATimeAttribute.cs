namespace TraceDemo.Dashboard.Live;

/// <summary>Marks a page that may be slow to render: for each person one is
/// rendered at a time, and a few more wait.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OneAtATimeAttribute : Attribute;
