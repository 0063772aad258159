using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Adds the issuing or the validating side of transaction tokens.</summary>
public static class TransactionTokenExtensions
{
    /// <summary>Adds <see cref="TransactionTokenIssuer"/>, whose public keys <see cref="MapTransactionKeys"/> serves.</summary>
    /// <param name="builder">The application that is the trust domain's Txn-Token service.</param>
    /// <param name="domain">The trust domain.</param>
    public static WebApplicationBuilder AddTransactionTokenIssuer(this WebApplicationBuilder builder, TrustDomain domain)
    {
        builder.Services.AddSingleton(domain);
        builder.Services.AddSingleton<TransactionTokenIssuer>();
        builder.Services.AddSingleton<SharedTransactionKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SharedTransactionKeys>());
        return builder;
    }

    /// <summary>Maps the issuer's public keys, including those of its other replicas
    /// if they share a Redis. Anonymous.</summary>
    /// <param name="endpoints">The Txn-Token service.</param>
    public static IEndpointConventionBuilder MapTransactionKeys(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(TransactionKeySet.Path,
            (SharedTransactionKeys keys, CancellationToken cancellationToken) => keys.KeySetAsync(cancellationToken)).AllowAnonymous();

    /// <summary>Adds <see cref="TransactionTokenValidator"/>, with the keys of the Txn-Token service.</summary>
    /// <param name="builder">The application that decides about access.</param>
    /// <param name="domain">The trust domain.</param>
    public static WebApplicationBuilder AddTransactionTokenValidation(this WebApplicationBuilder builder, TrustDomain domain)
    {
        builder.AddServiceClient<TransactionKeyClient>(domain.Issuer);
        builder.Services.AddSingleton<TransactionKeys>();
        builder.Services.AddSingleton(services => new TransactionTokenValidator(
            domain, services.GetRequiredService<TransactionKeys>(), services.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
