using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Health;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Adds the audit, and what services record alike.</summary>
public static class AuditExtensions
{
    /// <summary>The trail, and its file where section <c>Audit</c> names one.</summary>
    /// <param name="builder">The application, with telemetry.</param>
    internal static void AddAudit(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new AuditTrail(
            provider.GetRequiredService<IOptions<AuditOptions>>().Value, provider.GetRequiredService<TelemetryPipeline>().ServiceName, provider.GetRequiredService<TimeProvider>()));
        if (builder.Configuration[$"{AuditOptions.Section}:{nameof(AuditOptions.File)}"] is not { Length: > 0 } file) { return; }

        services.AddHostedService(provider => new AuditFile(
            provider.GetRequiredService<AuditTrail>(), file, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AuditFile>>()));
        services.AddHealthChecks().AddCheck<AuditCheck>("audit", tags: [HealthTags.Ready]);
    }

    /// <summary>Does the work, and records how it was refused; a grant is on record where the document was released.</summary>
    /// <param name="audit">The trail.</param>
    /// <param name="caller">Who asked.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">The document, and the agent where there is one.</param>
    /// <param name="work">Ends in an answer or a <see cref="ProblemException"/>.</param>
    public static async Task<AccessAnswer> ObserveAsync(this AuditTrail audit, Caller caller, string action, string target, Func<Task<AccessAnswer>> work)
    {
        try
        {
            var answer = await work();
            if (!answer.Granted) { await audit.RecordAsync(AuditEntry.Of(caller, action, target, answer.Reason)); }

            return answer;
        }
        catch (ProblemException problem)
        {
            await audit.RecordAsync(AuditEntry.Of(caller, action, target, problem.Reason));
            throw;
        }
    }
}
