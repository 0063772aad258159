using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// The exact audiences that a token must have at an endpoint: a recipient could replay a token with further audiences
/// at those services. Without its own rule, an endpoint accepts only the service's audience.
/// </summary>
internal sealed class AudienceRule(Func<HttpContext, ClientId?>? alsoFor)
{
    private static readonly AudienceRule OwnOnly = new(alsoFor: null);

    private static readonly Refusal Wrong =
        new(ReasonCode.AudienceInvalid, "The token's audiences differ from exactly those that this endpoint requires.");

    public static AudienceRule Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AudienceRule>() ?? OwnOnly;

    /// <summary>The library has already checked that this service is an audience; this checks that there are no others.</summary>
    public Refusal? Check(HttpContext context, Caller caller)
    {
        if (alsoFor is null)
        {
            return caller.Audiences.Count == 1 ? null : Wrong;
        }

        return alsoFor(context) is { } other && caller.Audiences.Count == 2 && caller.Audiences.Contains(other.Value) ? null : Wrong;
    }
}
