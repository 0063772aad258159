using System.Collections.Frozen;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>The facts of a decision, from verified tokens and own data only.
/// A missing fact leads to a denial.</summary>
internal sealed record AccessFacts
{
    /// <summary>The token represents a person, not a service account or an agent alone.</summary>
    public bool IsPerson { get; init; }

    /// <summary>The person's groups.</summary>
    public IReadOnlySet<string> Departments { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The token has the scope that this action requires.</summary>
    public bool HasScope { get; init; }

    /// <summary>Null for direct access.</summary>
    public Delegation? Delegation { get; init; }

    /// <summary>Null if it does not exist or has not been looked up yet: denied.</summary>
    public Document? Document { get; init; }

    /// <summary>A what-if query; nothing is read, so no grant is required.</summary>
    public bool WhatIf { get; init; }

    public AgentPolicy? Agent => Delegation is null ? null : Delegation.Policy ?? AgentPolicy.Unknown;

    public CallerType CallerType => !IsPerson ? CallerType.Service : Delegation is null ? CallerType.User : CallerType.Delegated;
}
