using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace TraceDemo.Benchmarks.Reporting;

/// <summary>Writes tables in Markdown.</summary>
internal sealed class Report
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(
        new AnsiConsoleSettings { ColorSystem = ColorSystemSupport.NoColors, Ansi = AnsiSupport.No });

    public Report() => _console.Profile.Width = 160;

    public void Machine()
    {
        Line(
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC · {Processor()}, {Environment.ProcessorCount} cores, "
            + $"{RuntimeInformation.OSDescription.Trim()}");
        Line($"{RuntimeInformation.FrameworkDescription}, YARP {Yarp().ToString(3)} · {Load()}");
    }

    public void Heading(string text) => _console.WriteLine($"\n## {text}\n");

    public void Line(string text) => _console.WriteLine(text);

    /// <summary>The first column is text, the others are numbers.</summary>
    public void Table(string[] columns, params IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Markdown };
        for (var index = 0; index < columns.Length; index++)
        {
            table.AddColumn(
                new TableColumn(Markup.Escape(columns[index])) { Alignment = index == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        _console.Write(table);
    }

    public static string Number(double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);

    private static Version Yarp() => typeof(Yarp.ReverseProxy.Forwarder.IHttpForwarder).Assembly.GetName().Version!;

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]
            : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The load of the machine: figures from a busy machine are unreliable.</summary>
    private static string Load() => File.Exists("/proc/loadavg")
        ? $"load average {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])}" : "load unknown";
}
