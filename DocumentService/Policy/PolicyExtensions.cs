using Microsoft.Extensions.Options;

namespace TraceDemo.DocumentService.Policy;

internal static class PolicyExtensions
{
    /// <summary>The policy and its data, which are fixed for the life of the process.</summary>
    public static WebApplicationBuilder AddPolicy(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<PolicyOptions, PolicyOptionsValidator>().BindConfiguration(PolicyOptions.Section);
        // The document store needs the departments at startup, so a service with an invalid policy does not start.
        builder.Services.AddSingleton(services => PolicyData.Load(services.GetRequiredService<IOptions<PolicyOptions>>().Value));
        builder.Services.AddSingleton<AccessPolicy>();
        return builder;
    }
}
