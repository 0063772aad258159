using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>The API server's requirements for probes; each must use a port on which its container listens.</summary>
internal static class ProbeRules
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] Handlers = ["httpGet", "tcpSocket", "grpc", "exec"];

    public static IEnumerable<string> Findings(HelmChart chart) =>
        from container in chart.Containers
        from name in Probes
        let probe = container.Node.At(name)
        where probe is not null
        from finding in OfProbe(container, name, probe)
        select $"{container}: {finding}";

    private static IEnumerable<string> OfProbe(KubernetesContainer container, string name, YamlNode probe)
    {
        var handlers = Handlers.Where(handler => probe.At(handler) is not null).ToList();
        if (handlers.Count != 1)
        {
            yield return $"the {name} must have exactly one of {string.Join(", ", Handlers)}";
        }

        // For them one success is enough, always (core/v1, Probe).
        if (name != "readinessProbe" && probe.At("successThreshold") is { } threshold && threshold.Number() != 1)
        {
            yield return $"the successThreshold of the {name} must be 1";
        }

        foreach (var handler in handlers.Where(handler => handler != "exec" && !container.HasPort(probe.At($"{handler}/port"))))
        {
            yield return $"the {name} asks port '{probe.Text($"{handler}/port")}', which is none of the container's";
        }

        if (probe.At("exec") is not null && probe.Items("exec/command").Count == 0)
        {
            yield return $"the {name} has no command";
        }

        foreach (var finding in OfHttp(name, probe.At("httpGet")))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> OfHttp(string name, YamlNode? request)
    {
        // An enumeration of the API, compared by case: URISchemeHTTP, URISchemeHTTPS.
        if (request.Text("scheme") is not ("" or "HTTP" or "HTTPS"))
        {
            yield return $"the scheme of the {name} must be HTTP or HTTPS, not '{request.Text("scheme")}'";
        }

        if (request is not null && !request.Text("path").StartsWith('/'))
        {
            yield return $"the path of the {name}, '{request.Text("path")}', does not begin with a slash";
        }
    }
}
