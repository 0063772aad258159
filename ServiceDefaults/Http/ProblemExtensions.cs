using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Turns every error into a problem with a reason, by the framework's means (docs/decisions/010-framework-first.md).</summary>
internal static class ProblemExtensions
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        // Before the framework's own writer: the first writer that can write is used.
        builder.Services.AddSingleton<IProblemDetailsWriter, StatusProblems>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddSingleton<IDeveloperPageExceptionFilter, ExceptionProblems>();
        builder.Services.AddSingleton<IStartupFilter, EdgeFilter>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // It does not log handled exceptions; Kestrel logs an aborted response, and each handler would log it again.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    /// <summary>Outermost, also around the middleware that the host itself adds.</summary>
    private sealed class EdgeFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseStatusCodePages(StatusProblems.ExplainAsync);
            app.UseMiddleware<HeaderLimit>();
            app.UseExceptionHandler();
            next(app);
        };
    }
}
