using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// A 403 of a service of ours is a denial with its reason, which is an answer and no error; .NET makes an error of the client's span for
/// every 4xx. One of the identity provider is a refused exchange, and stays an error.
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
