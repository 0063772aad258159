using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;

namespace TraceDemo.Tests.Conventions;

public sealed class TypeTests
{
    /// <summary>Classes that others derive from though they can be made themselves; each with its reason.</summary>
    private static readonly Dictionary<string, string> Unsealed = new()
    {
    };

    private static readonly Dictionary<string, string> SingleImplementation = new()
    {
        ["TraceDemo.ServiceDefaults.TokenExchange.ITokenExchanger"] =
            "public: the seam where a solution puts another grant, and its tests a fake",
    };

    [Fact]
    public void Classes_are_sealed_except_a_short_list_with_reasons()
    {
        var classes = Assemblies.WrittenTypes([.. Assemblies.OfSource, .. Assemblies.OfTests])
            .Where(type => type.IsClass && !type.IsAbstract).ToList();
        var open = classes.Where(type => !type.IsSealed).Select(type => type.FullName!).ToList();
        Findings.NoneBut(Unsealed, open.Select(name => (name, name)));
        Assert.True(open.Count <= classes.Count * 0.02, $"{open.Count} of {classes.Count} classes are not sealed");
    }

    [Fact]
    public void Only_libraries_have_a_public_interface()
    {
        var others = Assemblies.OfSource.Where(assembly => !Assemblies.Libraries.Contains(assembly.GetName().Name!["TraceDemo.".Length..]))
            .ToList();
        var forced = Assemblies.ShownByComponents(others);
        Findings.None(
            Assemblies.WrittenTypes(others).Where(type => type.IsVisible && !forced.Contains(type)).Select(type => type.FullName));
    }

    [Fact]
    public void Type_names_avoid_Helper_Manager_and_Util() =>
        Findings.None(Assemblies.WrittenTypes([.. Assemblies.OfSource, .. Assemblies.OfTests])
            .Where(type => Regex.IsMatch(type.Name, "(Manager|Helper|Helpers|Util|Utils|Utility|Utilities)(`\\d+)?$"))
            .Select(type => type.FullName));

    [Fact]
    public void An_interface_has_two_implementations_or_a_fake()
    {
        var types = Assemblies.WrittenTypes([.. Assemblies.OfSource, .. Assemblies.OfTests]).ToList();
        Findings.NoneBut(
            SingleImplementation,
            from candidate in types
            where candidate.IsInterface && types.Count(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(candidate)) < 2
            select (candidate.FullName!, candidate.FullName!));
    }

    [Fact]
    public void Namespaces_are_folders() =>
        Findings.None(from file in SourceFiles.CSharp
                      where file.Project != "Benchmarks"
                          && !file.Path.StartsWith("ServiceDefaults/RestrictedFeed/", StringComparison.Ordinal)
                      let declared = file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
                      where declared is not null
                      let expected = $"namespace TraceDemo.{Path.GetDirectoryName(file.Path)!.Replace('\\', '/').Replace('/', '.')};"
                      where declared != expected
                      select $"{file}: {declared}");

    [Fact]
    public void Every_log_message_has_a_unique_dotted_event_name()
    {
        var names = (from assembly in Assemblies.OfSource
                     from type in assembly.GetTypes()
                     from method in type.GetMethods(Assemblies.Declared)
                     let log = method.GetCustomAttribute<LoggerMessageAttribute>()
                     where log is not null
                     select (Method: $"{type.FullName}.{method.Name}", log.EventName)).ToList();
        Assert.NotEmpty(names);
        Findings.None(names.Where(log => log.EventName is null || !Regex.IsMatch(log.EventName, @"^[a-z0-9_]+(\.[a-z0-9_]+)+$"))
            .Select(log => $"{log.Method}: {log.EventName}"));
        Findings.None(names.GroupBy(log => log.EventName).Where(group => group.Count() > 1)
            .Select(group => string.Join(" and ", group.Select(log => log.Method))));
    }

    [Fact]
    public void No_project_compiles_another_s_sources() =>
        Findings.None(from file in SourceFiles.All
                      where Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets"
                      from item in XDocument.Parse(file.Text).Descendants("Compile")
                      where item.Attribute("Include")?.Value.Contains("..", StringComparison.Ordinal) is true
                      select $"{file}: {item}");

    [Fact]
    public void Every_project_is_under_these_conventions() =>
        Findings.None(SourceFiles.All.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => file.Project)
            .Except([.. Assemblies.Services, "Standalone", "Topology", "Tests", .. Assemblies.NotLoaded]));
}
