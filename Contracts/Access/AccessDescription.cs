using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts.Access;

/// <summary>Describes the endpoints that request an access or forward the request: they have the same responses.</summary>
public static class AccessDescription
{
    /// <summary>The reasons of a service that exchanges a token and calls another service.</summary>
    public static IReadOnlyList<ReasonCode> OfProxies { get; } =
        [ReasonCode.ExchangeRefused, ReasonCode.IdentityProviderUnavailable, ReasonCode.UpstreamUnavailable, ReasonCode.UpstreamTimeout];

    /// <summary>Adds the description of a service of this system: its reasons, ids and responses.</summary>
    /// <param name="builder">The application.</param>
    public static WebApplicationBuilder AddAccessDescription(this WebApplicationBuilder builder) =>
        builder.AddApiDescription(AccessReasons.All, new IdSchemas(), new AccessAnswerSchema());

    /// <summary>Describes a 200 for a granted access and a 403 with the same members for a denied one.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public static RouteHandlerBuilder AnswersAccess(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<AccessAnswerBody>()
        .Produces<AccessAnswerBody>(StatusCodes.Status403Forbidden, Problem.MediaType)
        .Refuses(
            ReasonCode.DelegationRequired, ReasonCode.InsufficientScope, AccessReasons.DocumentUnclassified, AccessReasons.AgentUnknown,
            AccessReasons.AgentDisabled, AccessReasons.AgentNotAllowed, AccessReasons.DelegationNotGranted,
            AccessReasons.DepartmentRequired, AccessReasons.IntersectionInsufficient, AccessReasons.AgentClearanceInsufficient,
            AccessReasons.DocumentNotFound, AccessReasons.RegistryUnavailable)
        .RefusesAsProxy();

    /// <summary>Adds the reasons of an endpoint that exchanges a token and calls another service.</summary>
    /// <param name="endpoint">An endpoint or a group.</param>
    public static TBuilder RefusesAsProxy<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.Refuses([.. OfProxies]);
}
