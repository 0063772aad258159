namespace TraceDemo.SampleAgents.Work;

/// <summary>One thing a reviewer stumbles over.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Line">The line, from 1; what is missing from a document as a whole is reported on the first line with text.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <param name="Excerpt">The line, with every sensitive value in it masked, whichever rule speaks.</param>
public sealed record Finding(Severity Severity, string Rule, int Line, string Message, string Excerpt);
