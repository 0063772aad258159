namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class ConfusedDeputyTests(RunningSystem system) : ConfusedDeputyScenarios(system);
