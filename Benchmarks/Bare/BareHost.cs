using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Benchmarks.Bare;

/// <summary>Runs this program as one of the bare processes: <c>serve [process]</c>.</summary>
internal static class BareHost
{
    public const string Verb = "serve";

    /// <summary>The setting that names the next hop.</summary>
    public const string Next = "NEXT";

    public static async Task RunAsync(BareProcess process)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var next = new Uri(builder.Configuration[Next]!);
        Action<WebApplication> map = process switch
        {
            BareProcess.Proxy => BareProxy.Add(builder, next),
            BareProcess.TracedProxy => BareProxy.Add(builder.AddTelemetry(), next),
            BareProcess.UserService => BareServices.UserService(next),
            BareProcess.AgentService => BareServices.AgentService(next),
            BareProcess.DocumentService => BareServices.DocumentService(),
            _ => DiscardingSink.Map,
        };
        await using var app = builder.Build();
        app.MapGet("/health", () => Results.Ok());
        map(app);
        await app.RunAsync();
    }
}
