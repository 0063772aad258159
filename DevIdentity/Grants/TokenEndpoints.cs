namespace TraceDemo.DevIdentity.Grants;

internal static class TokenEndpoints
{
    public static WebApplicationBuilder AddGrants(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IGrant, AuthorizationCodeGrant>();
        builder.Services.AddSingleton<IGrant, RefreshTokenGrant>();
        builder.Services.AddSingleton<IGrant, ClientCredentialsGrant>();
        builder.Services.AddSingleton<IGrant, PasswordGrant>();
        builder.Services.AddSingleton<IGrant, DeviceCodeGrant>();
        builder.Services.AddSingleton<IGrant, TokenExchangeGrant>();
        builder.Services.AddSingleton<TokenEndpoint>();
        return builder;
    }

    public static void MapToken(this IEndpointRouteBuilder protocol) =>
        protocol.MapPost("/token", (HttpRequest request, TokenEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.HandleAsync(request, cancellationToken));
}
