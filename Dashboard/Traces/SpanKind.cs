namespace TraceDemo.Dashboard.Traces;

// Public, because the parameters of Razor components must be.
public enum SpanKind : byte { Unspecified, Internal, Server, Client, Producer, Consumer }
