using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Health;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Adds the audit and marks the endpoints it covers.</summary>
public static class AuditExtensions
{
    /// <summary>Adds the trail, and its file if section <c>Audit</c> names one.</summary>
    /// <param name="builder">The application, with telemetry.</param>
    internal static void AddAudit(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>().BindConfiguration(AuditOptions.Section);
        services.AddSingleton(provider => new AuditTrail(
            provider.GetRequiredService<IOptions<AuditOptions>>().Value, provider.GetRequiredService<TelemetryPipeline>().ServiceName,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RefusalNotice>(provider =>
        {
            var trail = provider.GetRequiredService<AuditTrail>();
            return (context, caller, reason) => trail.RecordAsync(
                AuditEntry.Of(caller, AuditActions.Request, $"{context.Request.Method} {context.Request.Path}", reason));
        });
        if (builder.Configuration[$"{AuditOptions.Section}:{nameof(AuditOptions.File)}"] is not { Length: > 0 })
        {
            return;
        }

        services.AddHostedService(provider => new AuditFile(
            provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<IOptions<AuditOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AuditFile>>()));
        services.AddHealthChecks().AddCheck<AuditCheck>("audit", tags: [HealthTags.Ready]);
    }

    /// <summary>
    /// Records each request of a verified caller once. The endpoint takes an <see cref="AuditedRequest"/>, names the action and its target,
    /// and records the outcome; problems are recorded automatically.
    /// </summary>
    /// <param name="endpoints">An endpoint or a group.</param>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new AuditedEndpoint()).Refuses(ReasonCode.AuditUnavailable);
}
