using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Conventions;

public sealed partial class SizeTests
{
    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Findings.None(from file in SourceFiles.All
                      where Path.GetExtension(file.Path) is ".cs" or ".razor" or ".css" or ".js" && file.Lines.Count > 300
                      select $"{file}: {file.Lines.Count}");

    [Fact]
    public void No_line_of_code_is_longer_than_140_columns() =>
        Findings.None(from file in SourceFiles.CSharp
                      from line in file.Lines.Index()
                      where line.Item.Length > 140
                      select $"{file}:{line.Index + 1}: {line.Item.Length}");

    [Fact]
    public void Statement_blocks_are_on_separate_lines() =>
        Findings.None(from file in SourceFiles.CSharp
                      from line in file.Lines.Index()
                      where BlockOnOneLine.IsMatch(line.Item)
                      select $"{file}:{line.Index + 1}");

    [Fact]
    public void There_are_at_most_two_null_forgiving_operators_in_1000_lines()
    {
        var files = SourceFiles.CSharp.Where(file => !file.IsTest && file.Project != "Benchmarks").ToList();
        var forgiven = files.Sum(file => file.Lines.Sum(line => NullForgiving.Count(WithoutTexts(line))));

        Assert.InRange(forgiven, 0, files.Sum(file => file.Lines.Count) * 2 / 1000);
    }

    [Fact]
    public void No_method_is_longer_than_60_lines() =>
        Findings.None(CompiledCode.Methods([.. Assemblies.OfSource, .. Assemblies.OfTests]).Where(method => method.Lines > 60)
            .Select(method => method.ToString()));

    [Fact]
    public void Nine_methods_of_ten_have_at_most_25_lines()
    {
        var lengths = CompiledCode.Methods(Assemblies.OfSource).Select(method => method.Lines).Order().ToList();
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 25);
    }

    [Fact]
    public void Half_of_the_source_files_have_at_most_60_lines()
    {
        var lengths = SourceFiles.CSharp.Where(file => !file.IsTest).Select(file => file.Lines.Count).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 60);
    }

    [Fact]
    public void No_method_takes_more_than_five_parameters_beside_its_cancellation_token() =>
        Findings.None(from type in Assemblies.WrittenTypes(Assemblies.OfSource)
                      from method in type.GetMethods(Assemblies.Declared)
                      where !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal) && Length(method) > 5
                          && !method.IsDefined(typeof(Microsoft.Extensions.Logging.LoggerMessageAttribute), inherit: false)
                          && !IsRecordMember(type, method.Name)
                      select $"{type.FullName}.{method.Name}: {Length(method)}");

    [Fact]
    public void Every_Program_file_has_at_most_35_lines() =>
        Findings.None(from project in Assemblies.Services
                      where !Assemblies.Libraries.Contains(project) && SourceFiles.Named($"{project}/Program.cs").Lines.Count > 35
                      select project);

    private static string WithoutTexts(string line) => Texts.Replace(line, "");

    [GeneratedRegex(@"//.*|""(\\.|[^""])*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Texts { get; }

    [GeneratedRegex(@"^\s*(if|else|for|foreach|while|using|lock|try|catch|finally|do)\b.*\{ .*; \}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BlockOnOneLine { get; }

    [GeneratedRegex(@"[\w)\]>]!(?![=\w(])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NullForgiving { get; }

    private static int Length(System.Reflection.MethodInfo method) =>
        method.GetParameters().Count(parameter => parameter.ParameterType != typeof(CancellationToken));

    private static bool IsRecordMember(Type type, string method) => method == "Deconstruct" && type.GetMethod("<Clone>$") is not null;
}
