namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class TraceTests(RunningSystem system) : TraceScenarios(system);
