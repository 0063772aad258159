namespace TraceDemo.Dashboard.Live;

/// <summary>Marks a page that may take long to render: of each person one is
/// rendered at a time, and a few more wait for their turn.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OneAtATimeAttribute : Attribute;
