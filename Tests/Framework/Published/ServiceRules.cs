using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>The API server's requirements for a Service; it must lead to a pod that listens.</summary>
internal static class ServiceRules
{
    public static IEnumerable<string> Findings(HelmChart chart) =>
        from service in chart.Objects
        where service.Kind == "Service"
        from finding in Ports(service).Concat(Target(chart, service))
        select $"{service}: {finding}";

    private static IEnumerable<string> Ports(KubernetesObject service)
    {
        var ports = service.Node.Items("spec/ports");
        if (ports.Count == 0)
        {
            yield return "no port";
        }

        foreach (var port in ports)
        {
            if (!ContainerRules.IsPort(port.At("port")))
            {
                yield return $"port '{port.Text("port")}' is no number from 1 to 65535";
            }

            if (port.Text("name") is { Length: > 0 } name ? !KubernetesNames.IsDns1123Label(name) : ports.Count > 1)
            {
                yield return $"'{port.Text("name")}' is no name of one of several ports";
            }
        }

        foreach (var group in ports.GroupBy(port => port.Text("name")).Where(group => group.Count() > 1))
        {
            yield return $"several ports are named '{group.Key}'";
        }
    }

    private static IEnumerable<string> Target(HelmChart chart, KubernetesObject service)
    {
        var pods = chart.Objects.Where(item => item.IsWorkload && service.Selects("spec/selector", item.PodLabels)).ToList();
        if (pods.Count == 0)
        {
            yield return "its selector matches the labels of no pod";
        }

        foreach (var port in service.Node.Items("spec/ports").Where(port => !pods.TrueForAll(pod => Listens(pod, port))))
        {
            yield return $"no container listens on '{Destination(port).Text()}', the target of port {port.Text("port")}";
        }
    }

    private static bool Listens(KubernetesObject pod, YamlNode port) =>
        pod.Containers.Any(container => container.HasPort(Destination(port)));

    /// <summary>Without a target it is the same port.</summary>
    private static YamlNode? Destination(YamlNode port) => port.At("targetPort") ?? port.At("port");
}
