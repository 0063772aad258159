namespace TraceDemo.DevIdentity.Realms;

/// <param name="Name">As asked for in <c>scope</c>.</param>
/// <param name="IncludeInTokenScope">Whether claim <c>scope</c> shows it.</param>
/// <param name="Mappers">What it adds to tokens.</param>
/// <param name="Dedicated">The client's own mappers: always applied, never asked for.</param>
internal sealed record ClientScope(string Name, bool IncludeInTokenScope, IReadOnlyList<ClaimMapper> Mappers, bool Dedicated);
