using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Adds typed clients of the system's services.</summary>
public static class ServiceClientExtensions
{
    /// <summary>
    /// Adds a typed client whose base address is the service's endpoint as Aspire injects it (<c>services__name__http__0</c>, https
    /// first), with timeouts, a circuit breaker, and retries of repeatable requests.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's resource name, for example <c>stock</c>.</param>
    /// <exception cref="InvalidOperationException">No address is configured.</exception>
    public static IHttpClientBuilder AddServiceClient<TClient>(this WebApplicationBuilder builder, string service)
        where TClient : class
    {
        var address = Address(builder.Configuration, service);
        var client = builder.Services
            .AddHttpClient<TClient>(client =>
            {
                client.BaseAddress = address;
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = ServiceClientOptions.MaxResponseBytes;
                if (address.Scheme == "https")
                {
                    client.DefaultRequestVersion = System.Net.HttpVersion.Version20;
                }
            })
            .UseSocketsHttpHandler((handler, _) => ConnectionSettings.Apply(handler))
            .RemoveAllLoggers();
        builder.Services.AddOptionsWithValidateOnStart<ServiceClientOptions, ServiceClientOptionsValidator>(client.Name)
            .BindConfiguration(ServiceClientOptions.Section)
            .BindConfiguration($"{ServiceClientOptions.Section}:{service}");
        return client.WithResilience();
    }

    /// <summary>The address of a service.</summary>
    /// <param name="configuration">The configuration that Aspire or Standalone provides.</param>
    /// <param name="service">The service's resource name.</param>
    /// <exception cref="InvalidOperationException">No address is configured.</exception>
    public static Uri Address(IConfiguration configuration, string service) =>
        (configuration[$"services:{service}:https:0"] ?? configuration[$"services:{service}:http:0"]) is { } address
            ? new Uri(address)
            : throw new InvalidOperationException($"services__{service}__http__0 is missing: the address of {service}.");

    /// <summary>Lets one attempt use the total timeout: for long requests that are not repeated.</summary>
    /// <param name="client">A client of <see cref="AddServiceClient{TClient}"/>.</param>
    public static IHttpClientBuilder WithOneLongAttempt(this IHttpClientBuilder client)
    {
        client.Services.PostConfigure<ServiceClientOptions>(client.Name, options => options.AttemptTimeout = options.TotalTimeout);
        return client;
    }

    private static IHttpClientBuilder WithResilience(this IHttpClientBuilder client)
    {
        client.Services.AddKeyedSingleton(client.Name, (services, _) => ServicePipeline.Build(services, client.Name));
        return client.AddHttpMessageHandler(services =>
            new ResilienceHandler(services.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(client.Name)));
    }
}
