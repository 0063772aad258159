namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// Which span of a trace it is. Senders choose ids themselves, and one of them may choose another's: the id alone says nothing.
/// </summary>
/// <param name="Sender">The service whose key came with the span, or the name it gave itself where there are no keys.</param>
internal readonly record struct SpanKey(string Sender, SpanId Id);
