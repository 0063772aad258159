using System.Collections.Frozen;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>What is known, from verified tokens and own data only, when access is
/// decided. Whatever is left out counts against it.</summary>
internal sealed record AccessFacts
{
    /// <summary>A person is behind the token; a service account or an agent by itself is none.</summary>
    public bool IsPerson { get; init; }

    /// <summary>The person's groups.</summary>
    public IReadOnlySet<string> Departments { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The token carries the scope that this action needs.</summary>
    public bool HasScope { get; init; }

    /// <summary>Null for direct access.</summary>
    public Delegation? Delegation { get; init; }

    /// <summary>Null when it does not exist or has not been looked up yet: denied.</summary>
    public Document? Document { get; init; }

    /// <summary>Somebody asks what would be; nothing is read, so no grant is asked for.</summary>
    public bool WhatIf { get; init; }

    public AgentPolicy? Agent => Delegation is null ? null : Delegation.Policy ?? AgentPolicy.Unknown;

    public CallerType CallerType => !IsPerson ? CallerType.Service : Delegation is null ? CallerType.User : CallerType.Delegated;
}
