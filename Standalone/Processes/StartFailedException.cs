namespace TraceDemo.Standalone.Processes;

/// <summary>The system did not start; the message names the child that exited, and the reason.</summary>
internal sealed class StartFailedException(FailedStart start) : Exception(start.Sentence);
