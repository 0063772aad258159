namespace TraceDemo.Tests.Dashboard;

/// <summary>Looks at the heap of the whole process, so nothing else may run.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuresTheHeap;
