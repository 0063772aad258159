namespace TraceDemo.Standalone.Processes;

/// <summary>The system did not start; the message says which child ended, and why.</summary>
internal sealed class StartFailedException(FailedStart start) : Exception(start.Sentence);
