using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>Adds one side of transaction tokens.</summary>
public static class TransactionTokenExtensions
{
    /// <summary>Adds <see cref="TransactionTokenIssuer"/>.</summary>
    /// <param name="builder">The application that is the trust domain's Txn-Token service.</param>
    public static WebApplicationBuilder AddTransactionTokenIssuer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TransactionTokenIssuer>();
        return builder;
    }

    /// <summary>Adds <see cref="TransactionTokenValidator"/>, with the keys of user-service.</summary>
    /// <param name="builder">The application that decides about access.</param>
    public static WebApplicationBuilder AddTransactionTokenValidation(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<TransactionKeyClient>("user-service");
        builder.Services.AddSingleton<TransactionKeys>();
        builder.Services.AddSingleton(services => new TransactionTokenValidator(
            services.GetRequiredService<TransactionKeys>(), services.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
