namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A session that has ended, as the provider says; at least one of the two is known.</summary>
/// <param name="Id">Its <c>sid</c>; null for every session of the person.</param>
/// <param name="Subject">Whose it was, by <c>sub</c>; null where the token does not say.</param>
public sealed record LoggedOutSession(string? Id, string? Subject);
