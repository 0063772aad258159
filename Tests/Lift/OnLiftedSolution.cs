namespace TraceDemo.Tests.Lift;

/// <summary>Tests that share a solution of somebody else's: <c>[Collection(typeof(OnLiftedSolution))]</c>.</summary>
[CollectionDefinition]
public sealed class OnLiftedSolution : ICollectionFixture<LiftedSolution>;
