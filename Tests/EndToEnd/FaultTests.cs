namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class FaultTests(RunningSystem system) : FaultScenarios(system);
