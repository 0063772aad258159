using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// A 403 of one of our services is a denial with a reason, not an error; .NET marks the client span as an error for
/// every 4xx. A 403 of the identity provider is a refused exchange, and remains an error.
/// </summary>
internal sealed class ExpectedDenials(IConfiguration configuration) : BaseProcessor<Activity>
{
    private readonly SystemHosts _services = SystemHosts.OfServices(configuration);

    public override void OnEnd(Activity data)
    {
        if (data is not { Kind: ActivityKind.Client, Status: ActivityStatusCode.Error, Source.Name: "System.Net.Http" }
            || data.GetTagItem(TelemetryNames.Server.StatusCode) is not StatusCodes.Status403Forbidden
            || !Uri.TryCreate(data.GetTagItem(TelemetryNames.Client.UrlFull) as string, UriKind.Absolute, out var address)
            || !_services.Include(address))
        {
            return;
        }

        data.SetStatus(ActivityStatusCode.Unset);
        data.SetTag(TelemetryNames.Server.ErrorType, null);
    }
}
