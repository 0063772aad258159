using System.Buffers;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>Where the outside ends.</summary>
internal static class TrustBoundaryExtensions
{
    /// <summary>For the logs of older services behind the gateway. No service of ours trusts it.</summary>
    internal const string UserSubjectHeader = "X-User-Subject";

    private static readonly SearchValues<char> HeaderCharacters =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    /// <summary>Nothing that a caller claims about traces, users or proxies passes
    /// unless configured. After the shared service defaults.</summary>
    internal static WebApplicationBuilder AddTrustBoundary(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Gateway");
        builder.Services.AddOptionsWithValidateOnStart<TrustBoundaryOptions, TrustBoundaryOptionsValidator>().Bind(section);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<TrustBoundaryOptions>>(ConfigureKnownProxies);
        builder.Services.AddStrictTransport();
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ForwarderClients>();
        // First of all filters, so that what those of the service defaults refuse is answered with security headers too.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, TrustBoundaryFilter>());
        return builder.TreatTraceContextAs(section.GetValue("TraceContext", IncomingTraceContext.Continue));
    }

    /// <summary>After authentication: names the person of the validated token to services behind the gateway.</summary>
    internal static WebApplication UseTrustBoundary(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (Caller.Find(context)?.Subject is { Length: > 0 } subject && !subject.AsSpan().ContainsAnyExcept(HeaderCharacters))
            {
                context.Request.Headers[UserSubjectHeader] = subject;
            }

            return next(context);
        });
        return app;
    }

    private static void ConfigureKnownProxies(ForwardedHeadersOptions forwarded, IOptions<TrustBoundaryOptions> options)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // The framework's default trusts loopback; and each configured proxy may stand behind another.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardLimit = null;
        foreach (var network in options.Value.ProxyNetworks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }
    }
}
