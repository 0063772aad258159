namespace TraceDemo.DocumentService.Policy;

internal static class PolicyExtensions
{
    /// <summary>The policy and its data, which are fixed for the life of the process.</summary>
    /// <param name="builder">The application.</param>
    /// <exception cref="InvalidDataException">The files contain invalid policy data.</exception>
    public static PolicyData AddPolicy(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(PolicyOptions.Section).Get<PolicyOptions>() ?? new PolicyOptions();
        // Read now and not on first use: a service with an invalid policy must not start.
        var data = PolicyData.Load(options);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton<AccessPolicy>();
        return data;
    }
}
