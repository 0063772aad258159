namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Distinguishes people from services by a provider's claims. Pitfall: a client that exchanges its own service-account token
/// gets a valid one with a <c>sub</c> and without <c>client_id</c>, so neither proves a person; only a session does.
/// </summary>
internal static class CallerProfile
{
    private const string ServiceAccountPrefix = "service-account-";

    public static bool IsPerson(string? sessionId, string? clientId, string? userName) =>
        sessionId is not null && clientId is null && userName is not null
            && !userName.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal);
}
