namespace TraceDemo.DevIdentity.Realms;

/// <param name="Name">The name in <c>scope</c>.</param>
/// <param name="IncludeInTokenScope">Whether claim <c>scope</c> contains it.</param>
/// <param name="Mappers">The claims it adds to tokens.</param>
/// <param name="Dedicated">The client's own mappers: always applied, never requested.</param>
internal sealed record ClientScope(string Name, bool IncludeInTokenScope, IReadOnlyList<ClaimMapper> Mappers, bool Dedicated);
