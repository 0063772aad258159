using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Describes the endpoints that ask for an access or pass one on: they answer alike.</summary>
public static class AccessDescription
{
    /// <summary>Why whoever exchanges a token and calls another service may refuse.</summary>
    public static IReadOnlyList<ReasonCode> OfProxies { get; } =
        [ReasonCode.ExchangeRefused, ReasonCode.IdentityProviderUnavailable, ReasonCode.UpstreamUnavailable, ReasonCode.UpstreamTimeout];

    /// <summary>Describes a 200 for a granted access and a 403 with the same members for a denied one.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static RouteHandlerBuilder AnswersAccess(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<AccessAnswerBody>()
        .Produces<AccessAnswerBody>(StatusCodes.Status403Forbidden, Problem.MediaType)
        .Refuses(
            ReasonCode.DelegationRequired, ReasonCode.InsufficientScope, ReasonCode.DocumentUnclassified, ReasonCode.AgentUnknown,
            ReasonCode.AgentDisabled,
            ReasonCode.AgentNotAllowed, ReasonCode.DelegationNotGranted, ReasonCode.DepartmentRequired, ReasonCode.IntersectionInsufficient,
            ReasonCode.AgentClearanceInsufficient, ReasonCode.DocumentNotFound, ReasonCode.RegistryUnavailable)
        .RefusesAsProxy();

    /// <summary>Names the reasons of an endpoint that exchanges a token and calls another service.</summary>
    /// <param name="endpoint">An endpoint or a group.</param>
    public static TBuilder RefusesAsProxy<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.Refuses([.. OfProxies]);
}
