namespace TraceDemo.Tests.EndToEnd;

[Collection(typeof(OnRunningSystem))]
public sealed class SecrecyTests(RunningSystem system) : SecrecyScenarios(system);
