namespace TraceDemo.Dashboard.Receiver;

internal enum Signal { Traces, Logs, Metrics }
