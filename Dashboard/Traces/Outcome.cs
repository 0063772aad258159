namespace TraceDemo.Dashboard.Traces;

public enum Outcome { None, Allowed, Denied, Failed }
