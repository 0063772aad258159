using TraceDemo.Tests.Framework.Scenarios;

namespace TraceDemo.AppHost.Tests;

[Collection(typeof(OnRunningSystem))]
public sealed class AccessTests(RunningSystem system) : AccessScenarios(system);
