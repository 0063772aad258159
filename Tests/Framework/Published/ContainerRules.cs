using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>The API server's requirements for a container: its name, ports, variables and resources.</summary>
internal static class ContainerRules
{
    private static readonly string[] Protocols = ["", "TCP", "UDP", "SCTP"];

    public static IEnumerable<string> Findings(HelmChart chart) =>
    [
        .. chart.Objects.Where(item => item.IsWorkload && !item.Containers.Any()).Select(item => $"{item}: no container"),
        .. chart.Objects.SelectMany(Names),
        .. chart.Containers.SelectMany(Ports),
        .. chart.Containers.SelectMany(container => Variables(chart, container)),
        .. chart.Containers.SelectMany(Amounts),
    ];

    private static IEnumerable<string> Names(KubernetesObject item)
    {
        foreach (var container in item.Containers)
        {
            if (!KubernetesNames.IsDns1123Label(container.Name))
            {
                yield return $"{container}: the name is no DNS-1123 label of 63 characters at most";
            }

            if (container.Node.Text("image").Length == 0)
            {
                yield return $"{container}: no image";
            }
        }

        foreach (var group in item.Containers.GroupBy(container => container.Name).Where(group => group.Count() > 1))
        {
            yield return $"{item}: several containers are named {group.Key}";
        }
    }

    private static IEnumerable<string> Ports(KubernetesContainer container)
    {
        foreach (var port in container.Ports)
        {
            if (!IsPort(port.At("containerPort")))
            {
                yield return $"{container}: containerPort '{port.Text("containerPort")}' is no number from 1 to 65535";
            }

            if (port.Text("name") is { Length: > 0 } name && !KubernetesNames.IsPortName(name))
            {
                yield return $"{container}: '{name}' is no name of a port (IANA_SVC_NAME, 15 characters at most)";
            }

            if (!Protocols.Contains(port.Text("protocol")))
            {
                yield return $"{container}: protocol '{port.Text("protocol")}' is none of TCP, UDP, SCTP";
            }
        }

        foreach (var group in container.Ports.GroupBy(port => port.Text("name")).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            yield return $"{container}: several ports are named {group.Key}";
        }
    }

    /// <summary>The API server takes a variable that two sources set; which of them wins depends on their order.</summary>
    private static IEnumerable<string> Variables(HelmChart chart, KubernetesContainer container)
    {
        foreach (var variable in container.Variables(chart).GroupBy(variable => variable.Name))
        {
            if (!KubernetesNames.IsVariable(variable.Key))
            {
                yield return $"{container}: '{variable.Key}' is no name of a variable";
            }

            if (variable.Count() > 1)
            {
                yield return $"{container}: {variable.Key} is set by {string.Join(" and ", variable.Select(set => set.Source))}";
            }
        }
    }

    private static IEnumerable<string> Amounts(KubernetesContainer container)
    {
        var limits = container.Node.Entries("resources/limits").ToDictionary(entry => entry.Key, entry => entry.Value.Text());
        foreach (var (place, name, amount) in limits.Select(limit => ("limit", limit.Key, limit.Value))
            .Concat(container.Node.Entries("resources/requests").Select(request => ("request", request.Key, request.Value.Text()))))
        {
            if (Quantity.Parse(amount) is not { } wanted)
            {
                yield return $"{container}: the {place} of {name}, '{amount}', is no quantity";
            }
            else if (limits.TryGetValue(name, out var limit) && wanted > Quantity.Parse(limit))
            {
                yield return $"{container}: it requests more {name} ({amount}) than its limit ({limit})";
            }
        }
    }

    public static bool IsPort(YamlNode? node) => node.Number() is >= 1 and <= 65535;
}
