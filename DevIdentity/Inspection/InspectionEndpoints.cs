namespace TraceDemo.DevIdentity.Inspection;

internal static class InspectionEndpoints
{
    public static void MapInspection(this RouteGroupBuilder protocol)
    {
        protocol.MapPost("/token/introspect", Introspection.HandleAsync);
        protocol.MapPost("/revoke", Revocation.HandleAsync);
        protocol.MapGet("/userinfo", UserInfo.HandleAsync);
        protocol.MapPost("/userinfo", UserInfo.HandleAsync);
    }
}
