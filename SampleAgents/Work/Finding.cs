namespace TraceDemo.SampleAgents.Work;

/// <summary>One finding of a review.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Line">The line, from 1; an omission of the whole document is reported on the first line with text.</param>
/// <param name="Message">The problem and its remedy.</param>
/// <param name="Excerpt">The line, with every sensitive value masked for all rules.</param>
public sealed record Finding(Severity Severity, string Rule, int Line, string Message, string Excerpt);
