namespace TraceDemo.Dashboard.Receiver;

internal enum WireType { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 }
