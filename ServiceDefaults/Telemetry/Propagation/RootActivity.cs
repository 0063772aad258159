using System.Diagnostics;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

internal static class RootActivity
{
    /// <summary>The first span of this process in the span's trace: usually the server span.</summary>
    public static Activity Root(this Activity activity)
    {
        var first = activity;
        while (first.Parent is { } parent)
        {
            first = parent;
        }

        return first;
    }
}
