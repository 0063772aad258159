using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// The audiences a token must have at an endpoint, exactly these and no other: a token that is also meant for somebody else could be
/// replayed there by whoever receives it here. Without a rule of its own, an endpoint takes the service's audience alone.
/// </summary>
internal sealed class AudienceRule(Func<HttpContext, ClientId?>? alsoFor)
{
    private static readonly AudienceRule OwnOnly = new(alsoFor: null);

    private static readonly Refusal Wrong =
        new(ReasonCode.AudienceInvalid, "The token is meant for other services than exactly those this endpoint asks for.");

    public static AudienceRule Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AudienceRule>() ?? OwnOnly;

    /// <summary>The library has already checked that this service is among the audiences; here it is that nobody else is.</summary>
    public Refusal? Check(HttpContext context, Caller caller)
    {
        if (alsoFor is null) { return caller.Audiences.Count == 1 ? null : Wrong; }

        return alsoFor(context) is { } other && caller.Audiences.Count == 2 && caller.Audiences.Contains(other.Value) ? null : Wrong;
    }
}
