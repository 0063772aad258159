using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

public sealed class RunningSystemsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tracedemo-running-").FullName;
    private readonly List<FileStream> _locks = [];
    private DateTime _started = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public void Dispose()
    {
        _locks.ForEach(held => held.Dispose());
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Without_any_earlier_start_no_system_is_running() => Assert.Equal((null, 0), Find(null));

    [Fact]
    public void A_system_on_other_ports_is_found_without_being_named()
    {
        Start(21000);
        Assert.Equal(("http://localhost:21000", 0), Find(null));
    }

    [Fact]
    public void Of_several_systems_the_latest_is_selected_and_the_others_are_named()
    {
        Start(23000);
        Start(21000);
        Start(22000);

        Assert.Equal(("http://localhost:22000", 2), Find(null));
        Assert.Equal(["http://localhost:21000", "http://localhost:23000"],
            RunningSystems.Find(_root, null).Others.Select(system => system.Dashboard));
    }

    [Fact]
    public void The_default_ports_have_priority_over_later_starts_elsewhere()
    {
        Start(Ports.Default.Dashboard);
        Start(21000);
        Assert.Equal(("http://localhost:5000", 1), Find(null));
    }

    [Fact]
    public void A_port_base_selects_exactly_its_system()
    {
        Start(21000);
        Start(22000);

        Assert.Equal(("http://localhost:21000", 1), Find(21000));
        Assert.Equal((null, 2), Find(23000));
    }

    [Fact]
    public void Remains_of_a_killed_system_and_unrelated_folders_do_not_count_as_running()
    {
        Start(21000);
        _locks.Single().Dispose();
        Directory.CreateDirectory(Path.Combine(_root, InstanceFolder.Parent, "services"));
        Directory.CreateDirectory(Path.Combine(_root, InstanceFolder.Parent, "99999999"));
        // It holds its lock and has not come as far as writing its state.
        _locks.Add(new InstanceFolder(_root, Ports.From(22000)).TryLock()!);

        Assert.Equal((null, 0), Find(null));
    }

    private (string? Chosen, int Others) Find(int? portBase)
    {
        var (chosen, others) = RunningSystems.Find(_root, portBase);
        return (chosen?.Dashboard, others.Count);
    }

    private void Start(int portBase)
    {
        var folder = new InstanceFolder(_root, Ports.From(portBase));
        _locks.Add(folder.TryLock()!);
        folder.Write(new InstanceState(4711, $"http://localhost:{portBase}", "", "", "", ""));
        _started += TimeSpan.FromMinutes(1);
        File.SetLastWriteTimeUtc(folder.StateFile, _started);
    }
}
