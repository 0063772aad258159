using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>What a test makes the far end of a call of.</summary>
internal static class LocalServer
{
    /// <summary>Serves nothing yet, will listen on a free port, and is silent.</summary>
    public static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
