namespace TraceDemo.DevIdentity.Inspection;

internal static class InspectionEndpoints
{
    public static void AddInspection(this IServiceCollection services) => services.AddSingleton<Revocation>();

    public static void MapInspection(this RouteGroupBuilder protocol)
    {
        protocol.MapPost("/token/introspect", Introspection.HandleAsync);
        protocol.MapPost("/revoke", (HttpRequest request, Revocation revocation, CancellationToken cancellationToken) =>
            revocation.HandleAsync(request, cancellationToken));
        protocol.MapGet("/userinfo", UserInfo.HandleAsync);
        protocol.MapPost("/userinfo", UserInfo.HandleAsync);
    }
}
