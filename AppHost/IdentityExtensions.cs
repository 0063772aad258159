using Microsoft.Extensions.Configuration;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.AppHost;

internal static class IdentityExtensions
{
    private const string Realm = "/realms/tracedemo";

    public static Identity Served(this IResourceBuilder<KeycloakResource> keycloak, bool deployed) => deployed
        ? keycloak.InProduction()
        : keycloak.InDevelopment();

    /// <summary>A fixed port and plain http, so that the issuer is the same for browsers,
    /// services and containers; no volume, which would keep an outdated realm.</summary>
    private static Identity InDevelopment(this IResourceBuilder<KeycloakResource> keycloak)
    {
#pragma warning disable ASPIRECERTIFICATES001 // Experimental; without it a trusted development certificate turns http into https.
        keycloak.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        DevelopmentRealm.Write(Repository.Root, Path.Combine(Repository.Root, "artifacts", "realms"));
        keycloak.WithRealmImport("../artifacts/realms")
            .WithLink("Keycloak: administration", "/admin")
            .WithEnvironment("KC_HOSTNAME", keycloak.PublicUrl())
            .WithEnvironment("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", "true");
        return new Identity(keycloak, ReferenceExpression.Create($"{keycloak.PublicUrl()}{Realm}"), Backchannel: null);
    }

    /// <summary>
    /// An image that contains the production realm, behind a TLS proxy, with an external database. A bind mount of the realm
    /// would be rejected on Kubernetes and empty on Azure.
    /// </summary>
    private static Identity InProduction(this IResourceBuilder<KeycloakResource> keycloak)
    {
        var builder = keycloak.ApplicationBuilder;
        ProductionRealm.Write(Path.GetFullPath("..", builder.AppHostDirectory),
            withCommandLine: builder.Configuration.GetValue<bool>("WithCommandLine"));
        var address = keycloak.PublicUrl();
        keycloak.WithDockerfile("keycloak")
            // The management port is internal.
            .AtTheEdge()
            .Hardened()
            .WithEnvironment("KC_HOSTNAME", address)
            .WithEnvironment("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", "true")
            .WithEnvironment("KC_HTTP_ENABLED", "true")
            .WithEnvironment("KC_PROXY_HEADERS", "xforwarded")
            .WithEnvironment("KC_DB", "postgres")
            .WithEnvironment("KC_DB_URL", builder.AddParameter("keycloak-db-url"))
            .WithEnvironment("KC_DB_USERNAME", builder.AddParameter("keycloak-db-username"))
            .WithEnvironment("KC_DB_PASSWORD", builder.AddParameter("keycloak-db-password", secret: true));
        return new Identity(keycloak, ReferenceExpression.Create($"{address}{Realm}"),
            ReferenceExpression.Create($"{keycloak.Http()}{Realm}"));
    }

    /// <summary>The development provider imports the same realm; its issuer is set explicitly
    /// because it listens on a different port than the public one.</summary>
    public static Identity AsIdentity(this IResourceBuilder<ProjectResource> developmentProvider)
    {
        var issuer = ReferenceExpression.Create($"{developmentProvider.PublicUrl()}{Realm}");
        developmentProvider.AnyPort().WithHttpHealthCheck("/health").WithEnvironment("DevIdentity__Issuer", issuer);
        return new Identity(developmentProvider, issuer, Backchannel: null);
    }

    public static IResourceBuilder<ProjectResource> WithIdentity(this IResourceBuilder<ProjectResource> service, Identity identity)
    {
        service.WaitFor(identity.Resource);
        return identity.Backchannel is { } inside ? service.WithEnvironment("Identity__BackchannelAddress", inside) : service;
    }
}
