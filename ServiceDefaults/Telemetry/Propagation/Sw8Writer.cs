using System.Diagnostics;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

internal sealed record Sw8Writer(string Service, string Instance)
{
    internal string Describe(Activity activity, Uri target) => new Sw8(
        activity.Recorded, activity.TraceId.ToHexString(), activity.SpanId.ToHexString(), SpanId: 0, Service, Instance,
        Endpoint(activity), target.Authority).ToString();

    /// <summary>The current operation: the server span, named by the route, or otherwise the service's own.</summary>
    private static string Endpoint(Activity activity) => activity.Root().DisplayName;
}
