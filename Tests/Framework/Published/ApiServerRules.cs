namespace TraceDemo.Tests.Framework.Published;

/// <summary>
/// Charts that Helm and Kubernetes' API server reject, or accept and cannot run, according to
/// k8s.io/kubernetes/pkg/apis/core/validation and …/apps/validation.
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
