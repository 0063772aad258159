using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Every error is a problem with a reason, by the framework's own mechanisms (docs/decisions/010-framework-first.md).</summary>
internal static class ProblemExtensions
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        // Before the framework's own writer: the first that can write does.
        builder.Services.AddSingleton<IProblemDetailsWriter, StatusProblems>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.AddSingleton<IDeveloperPageExceptionFilter, ExceptionProblems>();
        builder.Services.AddSingleton<IStartupFilter, EdgeFilter>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // What is handled it does not log; what breaks off a response that has begun, Kestrel logs, and each handler would once more.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    /// <summary>Outermost, also around what the host itself puts before the application's own middleware.</summary>
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
