using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>A local HTTP server for a test to call.</summary>
internal static class LocalServer
{
    /// <summary>Without endpoints and logs; listens on a free port.</summary>
    public static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
