namespace TraceDemo.Dashboard.Traces;

/// <summary>
/// The identity of a span in a trace. Senders choose ids, and may reuse another sender's: the id alone is not sufficient.
/// </summary>
/// <param name="Sender">The service of the key, or the sender's own name if no keys are configured.</param>
internal readonly record struct SpanKey(string Sender, SpanId Id);
