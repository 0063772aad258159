namespace TraceDemo.DevIdentity.Grants;

internal static class TokenEndpoints
{
    public static void AddGrants(this IServiceCollection services)
    {
        services.AddSingleton<IGrant, AuthorizationCodeGrant>();
        services.AddSingleton<IGrant, RefreshTokenGrant>();
        services.AddSingleton<IGrant, ClientCredentialsGrant>();
        services.AddSingleton<IGrant, PasswordGrant>();
        services.AddSingleton<IGrant, DeviceCodeGrant>();
        services.AddSingleton<IGrant, TokenExchangeGrant>();
        services.AddSingleton<TokenEndpoint>();
    }

    public static void MapToken(this RouteGroupBuilder protocol) =>
        protocol.MapPost("/token", (HttpRequest request, TokenEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken));
}
