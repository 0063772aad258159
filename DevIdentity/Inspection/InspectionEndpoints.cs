namespace TraceDemo.DevIdentity.Inspection;

internal static class InspectionEndpoints
{
    public static WebApplicationBuilder AddInspection(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Revocation>();
        return builder;
    }

    public static void MapInspection(this IEndpointRouteBuilder protocol)
    {
        protocol.MapPost("/token/introspect", Introspection.HandleAsync);
        protocol.MapPost("/revoke", (HttpRequest request, Revocation revocation, CancellationToken cancellationToken) =>
            revocation.HandleAsync(request, cancellationToken));
        protocol.MapGet("/userinfo", UserInfo.HandleAsync);
        protocol.MapPost("/userinfo", UserInfo.HandleAsync);
    }
}
