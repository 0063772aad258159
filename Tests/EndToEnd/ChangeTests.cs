namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class ChangeTests(RunningSystem system) : ChangeScenarios(system);
