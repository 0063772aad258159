namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class AccessTests(RunningSystem system) : AccessScenarios(system);
