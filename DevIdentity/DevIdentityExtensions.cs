using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Device;
using TraceDemo.DevIdentity.Discovery;
using TraceDemo.DevIdentity.Grants;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Inspection;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Logout;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity;

internal static class DevIdentityExtensions
{
    public static WebApplicationBuilder AddDevIdentity(this WebApplicationBuilder builder)
    {
        DevelopmentOnly.Check(builder.Environment);
        // The service name of Keycloak's spans, which DevIdentity uses as well.
        builder.Configuration["OTEL_SERVICE_NAME"] ??= "keycloak";
        builder.WebHost.UseUrls(LoopbackAddresses.Read(builder.Configuration));
        // Against DNS rebinding: requests for another host name that resolves to this machine are rejected.
        builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]";

        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<DevIdentityOptions, DevIdentityOptionsValidator>()
            .BindConfiguration(DevIdentityOptions.Section);
        var realm = RealmReader.Read(RealmLocation.Load(builder.Configuration, builder.Environment), builder.Configuration);
        services.AddSingleton(realm);
        // A back-channel logout belongs to the trace of the sign-out.
        foreach (var client in realm.Clients.Values)
        {
            builder.Configuration[$"Telemetry:Hosts:{client.Id}"] = client.BackchannelLogoutUrl;
        }
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Issuer>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<TokenResponses>();
        services.AddSingleton<ClientAuthentication>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<ClientKeys>();
        services.AddHttpClient(nameof(ClientKeys)).ConfigureHttpClient(client =>
        {
            client.Timeout = TimeSpan.FromSeconds(3);
            client.MaxResponseContentBufferSize = ClientKeys.MaxKeySetBytes;
        });
        services.AddSingleton<DeviceAuthorizations>();
        return builder.AddLogin().AddLogout().AddGrants().AddInspection();
    }

    public static void MapDevIdentity(this IEndpointRouteBuilder endpoints)
    {
        // The patterns are Keycloak's, so that server spans have the same names.
        var realm = endpoints.MapGroup("/realms/{realm}").AddEndpointFilter(KnownRealm).AllowAnonymous();
        realm.MapDiscovery();
        realm.MapKeyRotation(endpoints.ServiceProvider.GetRequiredService<IOptions<DevIdentityOptions>>().Value);
        realm.MapLogin();
        realm.MapDevicePages();

        var protocol = realm.MapGroup("/protocol/{protocol}").AddEndpointFilter(KnownProtocol);
        protocol.MapKeys();
        protocol.MapAuthorization();
        protocol.MapToken();
        protocol.MapInspection();
        protocol.MapLogout();
        protocol.MapDeviceAuthorization();
    }

    private static async ValueTask<object?> KnownRealm(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        (string?)context.HttpContext.GetRouteValue("realm") == context.HttpContext.RequestServices.GetRequiredService<Realm>().Name
            ? await next(context)
            : NotFound.Because("Realm does not exist");

    private static async ValueTask<object?> KnownProtocol(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        (string?)context.HttpContext.GetRouteValue("protocol") == "openid-connect"
            ? await next(context)
            : NotFound.Because("Protocol not found");
}
