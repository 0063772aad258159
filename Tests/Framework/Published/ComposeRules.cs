using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Published;

/// <summary>Files that Compose rejects, or accepts and can't run: https://github.com/compose-spec/compose-spec/blob/main/spec.md.</summary>
internal static partial class ComposeRules
{
    public static IReadOnlyList<string> Findings(ComposeFile file) =>
    [
        // An undefined variable is empty for Compose, with a warning.
        .. file.Variables.Except(file.Environment.Select(variable => variable.Key)).Select(name => $".env: {name} is not defined"),
        .. file.Environment.GroupBy(variable => variable.Key).Where(group => group.Count() > 1)
            .Select(group => $".env: {group.Key} is defined {group.Count()} times"),
        .. from service in file.Services
           from finding in OfService(file, service.Value)
           select $"{service.Key}: {finding}",
    ];

    private static IEnumerable<string> OfService(ComposeFile file, YamlNode service) =>
    [
        .. service.At("image") is null && service.At("build") is null ? ["neither an image nor a build"] : Array.Empty<string>(),
        .. service.Names("networks").Except(file.Root.Names("networks")).Select(network => $"there is no network {network}"),
        .. Volumes(service).Except(file.Root.Names("volumes")).Select(volume => $"there is no volume {volume}"),
        .. service.Names("depends_on").SelectMany(name => Dependency(file, name, service.Text($"depends_on/{name}/condition"))),
        .. service.Entries("environment").SelectMany(variable => Addresses(file, variable.Key, variable.Value.Text())),
    ];

    /// <summary>Named ones: a path of the host begins with a dot or a slash.</summary>
    private static IEnumerable<string> Volumes(YamlNode service) => service.Items("volumes")
        .Where(volume => volume is YamlScalarNode || volume.Text("type") == "volume")
        .Select(volume => volume is YamlScalarNode ? volume.Text().Split(':')[0] : volume.Text("source"))
        .Where(source => source.Length > 0 && source[0] is not ('.' or '/' or '~'));

    private static IEnumerable<string> Dependency(ComposeFile file, string name, string condition)
    {
        var needed = file.Services.FirstOrDefault(service => service.Key == name).Value;
        if (needed is null)
        {
            yield return $"it waits for {name}, which is not there";
        }
        else if (condition is not ("" or "service_started" or "service_healthy" or "service_completed_successfully"))
        {
            yield return $"it waits for {name} with the unknown condition {condition}";
        }
        else if (condition == "service_healthy" && needed.At("healthcheck") is null)
        {
            yield return $"it waits until {name} is healthy, and nothing checks that";
        }
    }

    private static IEnumerable<string> Addresses(ComposeFile file, string variable, string value)
    {
        foreach (Match address in Address.Matches(value))
        {
            var (host, port) = (address.Groups["host"].Value, address.Groups["port"].Value);
            var service = file.Services.FirstOrDefault(service => service.Key == host).Value;
            if (service is null)
            {
                yield return $"{variable} leads to {host}:{port}, which is not there";
            }
            else if (!service.Names("expose").Contains(port))
            {
                yield return $"{variable} leads to {host}:{port}, and {host} does not expose that port";
            }
        }
    }

    // One label, so a name on the composition's network: addresses outside have dots.
    [GeneratedRegex(@"(^|://)(?<host>(?!localhost:)[a-z]([-a-z0-9]*[a-z0-9])?):(?<port>\d+|\$\{\w+\})(?![\d.])")]
    private static partial Regex Address { get; }
}
