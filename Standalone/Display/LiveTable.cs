using System.Diagnostics;
using Spectre.Console;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Standalone.Display;

/// <summary>A status table of the children at the bottom, with their logs above it.</summary>
internal sealed class LiveTable(IAnsiConsole console) : ISystemDisplay
{
    private static readonly string[] Palette = ["aqua", "green", "yellow", "fuchsia", "blue", "olive", "teal"];

    private readonly Dictionary<string, string> _colors = new(StringComparer.Ordinal);

    public void Log(string name, string line, bool isError)
    {
        var text = Markup.Escape(line);
        console.MarkupLine($"[{Color(name)}]{name,-16}[/] {(isError ? $"[red]{text}[/]" : text)}");
    }

    public void Changed(SupervisedChild child)
    {
        // The next refresh of the table shows it.
    }

    public Task ShowAsync(IReadOnlyList<SupervisedChild> children, string footer, CancellationToken cancellationToken) =>
        console.Live(Table(children, footer)).AutoClear(true).StartAsync(async live =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                live.UpdateTarget(Table(children, footer));
                live.Refresh();
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });

    private Table Table(IReadOnlyList<SupervisedChild> children, string footer)
    {
        var table = new Table { Border = TableBorder.Rounded, Caption = new TableTitle(Markup.Escape(footer)) };
        table.AddColumns("process", "state", "address", "pid", "memory");
        foreach (var child in children)
        {
            table.AddRow(
                $"[{Color(child.Spec.Name)}]{child.Spec.Name}[/]",
                State(child.State),
                child.Spec.Url.OriginalString,
                $"{child.Pid}",
                child.WorkingSet is { } bytes ? $"{bytes / 1048576} MiB" : "");
        }

        return table;
    }

    private static string State(ChildState state) => state switch
    {
        ChildState.Healthy => "[green]healthy[/]",
        ChildState.Starting => "[yellow]starting[/]",
        ChildState.Restarting => "[red]restarting[/]",
        ChildState.Stopped => "stopped",
        _ => throw new UnreachableException(),
    };

    private string Color(string name)
    {
        lock (_colors)
        {
            if (!_colors.TryGetValue(name, out var color))
            {
                _colors[name] = color = Palette[_colors.Count % Palette.Length];
            }

            return color;
        }
    }
}
