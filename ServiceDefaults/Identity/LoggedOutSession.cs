namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A session that the provider has ended; at least one of the two members is known.</summary>
/// <param name="Id">Its <c>sid</c>; null for every session of the person.</param>
/// <param name="Subject">The person's <c>sub</c>; null if the token does not contain it.</param>
public sealed record LoggedOutSession(string? Id, string? Subject);
