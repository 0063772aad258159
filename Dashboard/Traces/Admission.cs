namespace TraceDemo.Dashboard.Traces;

internal enum Admission { Kept, Duplicate, Full }
