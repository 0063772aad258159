using System.Reflection;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Conventions;

/// <summary>
/// What other solutions build on: the public members of ServiceDefaults. A change is made on purpose, with the recorded list and the
/// changelog, or not at all.
/// </summary>
public sealed partial class PublicSurfaceTests
{
    private const string Recorded = "ServiceDefaults/PublicApi.txt";

    [GeneratedRegex(@"user[ _-]?agent\w*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserAgent { get; }

    [GeneratedRegex(
        @"\b(agents?|agentid|departments?|clearance|documentid|(document|agent|user)-service)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Domain { get; }

    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Public_members_of_ServiceDefaults_are_those_on_record()
    {
        var actual = Members(Assembly.Load("TraceDemo.ServiceDefaults")).Order(StringComparer.Ordinal).ToList();
        var recorded = SourceFiles.Named(Recorded).Lines;

        Findings.None(actual.Except(recorded).Select(member => $"not in {Recorded}: {member}"));
        Findings.None(recorded.Except(actual).Select(member => $"only in {Recorded}: {member}"));
    }

    [Fact]
    public void ServiceDefaults_mentions_no_agents_departments_or_services_of_this_system() => Findings.None(
        from file in SourceFiles.CSharp
        where file.Project == "ServiceDefaults"
        from line in file.Lines.Index()
        where Domain.IsMatch(UserAgent.Replace(line.Item, ""))
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    [Fact]
    public void ServiceDefaults_references_no_other_project() => Findings.None(
        Assembly.Load("TraceDemo.ServiceDefaults").GetReferencedAssemblies().Select(reference => reference.Name)
            .Where(name => name?.StartsWith("TraceDemo.", StringComparison.Ordinal) is true));

    private static IEnumerable<string> Members(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        where !type.Namespace!.StartsWith("Duende.", StringComparison.Ordinal)
        from line in type.GetMembers(Assemblies.Declared & ~BindingFlags.NonPublic).Where(IsWritten)
            .Select(member => Describe(type, member))
            .Prepend($"{Name(type)} : {Name(type.BaseType)}")
        select line;

    private static bool IsWritten(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: true } or Type => false,
        MethodInfo method => method.GetBaseDefinition() == method && !method.Name.Contains('<', StringComparison.Ordinal)
            && method.Name is not ("Deconstruct" or "Equals" or "PrintMembers"),
        _ => true,
    };

    private static string Describe(Type type, MemberInfo member) => member switch
    {
        MethodInfo method => $"{Name(type)}.{method.Name}({Parameters(method)}) : {Name(method.ReturnType)}",
        ConstructorInfo constructor => $"{Name(type)}({Parameters(constructor)})",
        PropertyInfo property =>
            $"{Name(type)}.{property.Name} : {Name(property.PropertyType)}{Null(Nullability.Create(property))}"
            + (property.SetMethod is { IsPublic: true } ? " { get; set; }" : " { get; }"),
        // Names on the wire count, sentences do not.
        FieldInfo { IsLiteral: true } field
            when field.GetRawConstantValue() is not string text || !text.Contains(' ', StringComparison.Ordinal) =>
                $"{Name(type)}.{field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{Name(type)}.{field.Name} : {Name(field.FieldType)}",
        _ => $"{Name(type)}.{member.Name}",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)}{Null(Nullability.Create(parameter))} {parameter.Name}{(parameter.IsOptional ? " = …" : "")}"));

    private static string Null(NullabilityInfo info) =>
        info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";

    private static string Name(Type? type)
    {
        if (type is null)
        {
            return "";
        }

        var name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType)}.{type.Name}" : type.Name;
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return type.IsGenericType && name.Contains('`', StringComparison.Ordinal)
            ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{arguments}>"
            : name;
    }
}
