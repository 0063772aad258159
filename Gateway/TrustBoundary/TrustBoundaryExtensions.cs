using System.Buffers;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;
using Yarp.ReverseProxy.Forwarder;

namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>The trust boundary between outside and inside.</summary>
internal static class TrustBoundaryExtensions
{
    /// <summary>For the logs of older services behind the gateway. None of our services trusts it.</summary>
    internal const string UserSubjectHeader = "X-User-Subject";

    private static readonly SearchValues<char> HeaderCharacters =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    /// <summary>Removes callers' claims about traces, users and proxies
    /// unless configured. Call after the shared service defaults.</summary>
    internal static WebApplicationBuilder AddTrustBoundary(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<TrustBoundaryOptions, TrustBoundaryOptionsValidator>()
            .BindConfiguration(TrustBoundaryOptions.Section);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<TrustBoundaryOptions>>(ConfigureKnownProxies);
        builder.Services.AddStrictTransport();
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ForwarderClients>();
        // The first filter, so that responses of the service defaults' filters get security headers too.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, TrustBoundaryFilter>());
        return builder.TreatTraceContextAs(builder.Configuration.GetValue(
            $"{TrustBoundaryOptions.Section}:{nameof(TrustBoundaryOptions.TraceContext)}", IncomingTraceContext.Continue));
    }

    /// <summary>After authentication: sends the name of the token's person to the services behind the gateway.</summary>
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
        // The framework trusts loopback by default; and each configured proxy may be behind another.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        forwarded.ForwardLimit = null;
        foreach (var network in options.Value.ProxyNetworks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }
    }
}
