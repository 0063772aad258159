namespace TraceDemo.Dashboard.Traces;

public enum TagKind : byte { Text, Flag, Whole, Real, Json }
