namespace TraceDemo.AppHost.Tests;

/// <summary>Tests that share the running system: <c>[Collection(typeof(OnRunningSystem))]</c>.</summary>
[CollectionDefinition]
public sealed class OnRunningSystem : ICollectionFixture<RunningSystem>;
