namespace TraceDemo.Tests.Telemetry;

/// <summary>Looks at every span of the process, so nothing else may run.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class ListensToTheProcess;
