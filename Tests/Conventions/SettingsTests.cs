using System.Reflection;
using System.Text.RegularExpressions;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Conventions;

/// <summary>Documents name the settings that the code reads: all of them, and no other.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Sections of options that do not carry their section's name themselves.</summary>
    private static readonly Dictionary<string, string> Sections = new()
    {
        ["AgentClientSettings"] = "Agents__<id>",
        ["ModelOptions"] = "Agents__<id>",
        ["OtlpOptions"] = "Otlp",
        ["TraceStoreOptions"] = "Traces",
    };

    private static readonly HashSet<string> OfOptions =
    [
        .. from type in Assemblies.WrittenTypes(Assemblies.OfServices)
           where Sections.ContainsKey(type.Name)
               || (type.Name.EndsWith("Options", StringComparison.Ordinal) && type.BaseType == typeof(object)
                   && type.GetConstructor([]) is not null)
           from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where property.CanWrite || property.PropertyType.IsGenericType
           select DocumentedSettings.Generic($"{SectionOf(type)}__{property.Name}"),
    ];

    [Fact]
    public void Every_option_of_every_service_is_documented() =>
        Findings.None(OfOptions.Where(option => !DocumentedSettings.Names.Any(name => IsOf(name, option))));

    [Fact]
    public void Every_setting_that_a_document_names_is_read_by_something()
    {
        var source = string.Concat(
            SourceFiles.CSharp.Where(file => file.Project != "Tests" || file.Path.StartsWith("Tests/Framework/", StringComparison.Ordinal))
            .Select(file => file.Text)) + DevelopmentRealm.Load(Repository.Root).ToJsonString();
        var text = Interpolated.Replace(source, "*").Replace(":", "__", StringComparison.Ordinal);
        Findings.None(DocumentedSettings.Names.Where(
            name => !OfOptions.Any(option => IsOf(name, option)) && !text.Contains(name.Trim('*'), StringComparison.Ordinal)));
    }

    [Fact]
    public void Everything_that_Standalone_sets_for_a_service_is_documented()
    {
        var plan = new SystemPlan(Repository.Root, Ports.Default, new Secrets())
        {
            Redis = RedisShare.Temporary("localhost:6379", Ports.Default),
            Audit = "audit",
        };
        var set = plan.Services.SelectMany(service => ServiceEnvironment.Of(service, plan).Keys)
            .Where(name => !name.StartsWith("Logging__", StringComparison.Ordinal));
        Findings.None(set.Where(name => !DocumentedSettings.Include(name)).Select(DocumentedSettings.Generic));
    }

    private static bool IsOf(string name, string option) => name == option || name.StartsWith(option + "__", StringComparison.Ordinal);

    private static string SectionOf(Type type) =>
        type.GetField("Section")?.GetRawConstantValue() as string
        ?? Sections.GetValueOrDefault(type.Name)
        ?? throw new InvalidOperationException($"The section of {type.FullName} is not known here.");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Interpolated { get; }
}
