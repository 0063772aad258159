namespace TraceDemo.Dashboard.Receiver;

internal enum BodyFault { None, TooLarge, Busy }
