namespace TraceDemo.ServiceDefaults.Telemetry;

internal sealed record TelemetrySource(string Name);
