namespace TraceDemo.Dashboard.Traces;

public enum SpanStatus : byte { Unset, Ok, Error }
