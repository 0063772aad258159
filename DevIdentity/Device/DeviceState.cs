namespace TraceDemo.DevIdentity.Device;

internal enum DeviceState { Pending, Granted, Denied }
