namespace TraceDemo.DevIdentity.Inspection;

internal static class InspectionEndpoints
{
    public static WebApplicationBuilder AddInspection(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RevocationEndpoint>();
        return builder;
    }

    public static void MapInspection(this IEndpointRouteBuilder protocol)
    {
        protocol.MapPost("/token/introspect", IntrospectionEndpoint.HandleAsync);
        protocol.MapPost("/revoke", (HttpRequest request, RevocationEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken));
        protocol.MapGet("/userinfo", UserInfoEndpoint.HandleAsync);
        protocol.MapPost("/userinfo", UserInfoEndpoint.HandleAsync);
    }
}
