using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Our own rules for the resources of the model, in addition to those of Compose.</summary>
internal static partial class ComposeHardeningRules
{
    private const string Telemetry = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AspireDashboard = "http://compose-dashboard:";

    public static IReadOnlyList<string> Findings(ComposeFile file)
    {
        return
        [
            .. Resources.All.Except(file.Root.Names("services")).Select(name => $"there is no service {name}"),
            .. from service in file.Services
               from finding in OfService(service.Key, service.Value)
               select $"{service.Key}: {finding}",
            .. Secrecy(file),
        ];
    }

    private static IEnumerable<string> OfService(string name, YamlNode service) =>
    [
        .. Resources.All.Contains(name) ? Bounds(service).Concat(Privileges(service)) : [],
        .. Resources.Services.Contains(name) ? FileSystem(service).Concat(Export(service)) : [],
        .. name == Resources.Redis ? State(service) : [],
        // Whatever is meant to be reachable is reached through the proxy that ends TLS, on the composition's network.
        .. service.Items("ports").Count > 0 ? ["it publishes a port, past the proxy"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> State(YamlNode service)
    {
        if (service.Items("volumes").Count == 0)
        {
            yield return "nothing of its state outlives its container";
        }
    }

    private static IEnumerable<string> Bounds(YamlNode service)
    {
        if (Quantity.Parse(service.Text("deploy/resources/limits/cpus")) is not > 0)
        {
            yield return "no limit of cpus";
        }

        if (!Memory.IsMatch(service.Text("deploy/resources/limits/memory")))
        {
            yield return "no limit of memory";
        }
    }

    private static IEnumerable<string> FileSystem(YamlNode service)
    {
        if (!service.IsTrue("read_only"))
        {
            yield return "its root file system is writable";
        }

        // The only place where the runtime may write.
        if (!service.Names("tmpfs").Contains("/tmp"))
        {
            yield return "no temporary folder in memory";
        }
    }

    private static IEnumerable<string> Privileges(YamlNode service)
    {
        if (!service.Names("cap_drop").Contains("ALL") || service.Names("cap_add").Count > 0)
        {
            yield return "it keeps capabilities";
        }

        if (!service.Names("security_opt").Contains("no-new-privileges:true") || service.IsTrue("privileged"))
        {
            yield return "it may gain privileges";
        }
    }

    private static IEnumerable<string> Export(YamlNode service)
    {
        if (!service.Text($"environment/{Telemetry}").StartsWith(AspireDashboard, StringComparison.Ordinal))
        {
            yield return $"{Telemetry} does not lead to Aspire's dashboard";
        }
    }

    /// <summary>Neither file holds a secret: whoever deploys gives them.</summary>
    private static IEnumerable<string> Secrecy(ComposeFile file) =>
    [
        .. from service in file.Services
           from variable in service.Value.Entries("environment")
           where SecretNames.IsLiteral(variable.Key, variable.Value.Text())
           select $"{service.Key}: {variable.Key} is secret, and its value stands there",
        .. from variable in file.Environment
           where SecretNames.IsSecret(variable.Key) && variable.Value.Length > 0
           select $".env: {variable.Key} is secret, and its value stands there",
    ];

    [GeneratedRegex(@"^[1-9]\d*([bkmg]b?)?\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Memory { get; }
}
