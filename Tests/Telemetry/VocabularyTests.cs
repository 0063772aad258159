using System.Reflection;
using System.Runtime.CompilerServices;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Telemetry;

public sealed class VocabularyTests
{
    private static readonly string Table = File.ReadAllText(Path.Combine(Root(), "docs", "telemetry.md"));

    private static readonly ILookup<string, Type> Lists =
        typeof(TelemetryNames).GetNestedTypes().Concat(typeof(AccessTelemetry).GetNestedTypes()).ToLookup(type => type.Name);

    public static TheoryData<string> Groups => [.. Lists.Select(group => group.Key)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void The_table_has_exactly_the_constants(string group)
    {
        var constants = Lists[group].SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal);

        Assert.Equal(constants, Rows(group).Select(cells => cells[0].Trim('`')).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_row_has_span_meaning_unit_and_owner(string group) =>
        Assert.All(Rows(group), cells => Assert.True(cells.Length == 5 && cells.All(cell => cell.Length > 0), string.Join('|', cells)));

    [Fact]
    public void The_table_has_no_group_without_constants() => Assert.Equal(
        Lists.Select(group => group.Key).Order(StringComparer.Ordinal),
        Table.Split("\n## ")[1..].Where(section => section.Contains("| name | of |", StringComparison.Ordinal))
            .Select(section => section.Split('\n')[0]).Order(StringComparer.Ordinal));

    private static List<string[]> Rows(string group) =>
        [.. Section(group).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];

    private static string Section(string group) =>
        Table.Split("\n## ").Single(section => section.StartsWith($"{group}\n", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
