namespace TraceDemo.Tests.Framework.Published;

/// <summary>
/// What Helm and Kubernetes' API server refuse, or take and then cannot run, by what k8s.io/kubernetes/pkg/apis/core/validation and
/// …/apps/validation check.
/// </summary>
internal static class ApiServerRules
{
    public static IReadOnlyList<string> Findings(HelmChart chart) =>
    [
        .. chart.Findings,
        .. ChartFileRules.Findings(chart),
        .. ObjectRules.Findings(chart),
        .. ContainerRules.Findings(chart),
        .. ProbeRules.Findings(chart),
        .. VolumeRules.Findings(chart),
        .. ServiceRules.Findings(chart),
        .. ReferenceRules.Findings(chart),
    ];
}
