namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A session that has ended, as the provider says.</summary>
/// <param name="Id">Its <c>sid</c>.</param>
/// <param name="Subject">Whose it was; null where the token does not say.</param>
internal sealed record LoggedOutSession(string Id, string? Subject);
