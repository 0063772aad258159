using System.Text.Json;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

public sealed class InstanceFolderTests : IDisposable
{
    private static readonly InstanceState State = new(4711, "http://localhost:6000", "http://localhost:6001", "http://localhost:6004",
        "http://localhost:6005/realms/tracedemo", "secret");

    private readonly string _root = Directory.CreateTempSubdirectory("tracedemo-instance-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_second_system_on_the_same_ports_gets_no_lock_until_the_first_has_ended()
    {
        using (var first = Folder(6000).TryLock())
        {
            Assert.NotNull(first);
            Assert.Null(Folder(6000).TryLock());
            using var elsewhere = Folder(7000).TryLock();
            Assert.NotNull(elsewhere);
        }

        using var next = Folder(6000).TryLock();
        Assert.NotNull(next);
    }

    [Fact]
    public void State_left_by_a_killed_system_does_not_count_as_running()
    {
        var folder = Folder(6000);
        using (folder.TryLock())
        {
            folder.Write(State);
            Assert.Equal(State, Folder(6000).ReadRunning());
        }

        Assert.True(Directory.Exists(folder.Location));
        Assert.Null(Folder(6000).ReadRunning());
    }

    [Fact]
    public void State_holds_a_secret_and_is_readable_by_its_owner_only()
    {
        var folder = Folder(6000);
        using var held = folder.TryLock();
        Directory.CreateDirectory(folder.Location);
        File.WriteAllText(Path.Combine(folder.Location, "state.json"), JsonSerializer.Serialize("world-readable leftover"));

        folder.Write(State);

        Assert.Equal(State, Folder(6000).ReadRunning());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Location, "state.json")));
        }
    }

    [Fact]
    public void Each_system_starts_with_the_included_documents()
    {
        var shipped = Directory.CreateDirectory(Path.Combine(_root, "shipped")).FullName;
        File.WriteAllText(Path.Combine(shipped, "DOC-001.md"), "as shipped");
        var folder = Folder(6000);
        var copy = folder.CopyDocuments(shipped);
        File.WriteAllText(Path.Combine(copy, "DOC-001.md"), "changed");
        File.WriteAllText(Path.Combine(copy, "DOC-002.md"), "added");

        // A killed system has left it so.
        Assert.Equal(copy, folder.CopyDocuments(shipped));

        Assert.StartsWith(folder.Location, copy, StringComparison.Ordinal);
        Assert.Equal("as shipped", File.ReadAllText(Assert.Single(Directory.GetFiles(copy))));
        Assert.Equal("as shipped", File.ReadAllText(Assert.Single(Directory.GetFiles(shipped))));
    }

    [Fact]
    public void A_stopped_system_leaves_no_files()
    {
        var folder = Folder(6000);
        using (folder.TryLock())
        {
            folder.Write(State);
            folder.Discard();
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(folder.Location)!));
    }

    [Fact]
    public void Keys_that_seal_state_outlive_the_system_and_are_readable_by_their_owner_only()
    {
        var first = Folder(6000).Redis("localhost:6379")!;
        Folder(6000).Discard();
        var second = Folder(6000).Redis("localhost:6380")!;

        Assert.Equal(first.SealingKeys, second.SealingKeys);
        Assert.NotEqual(first.SealingKeys, Folder(7000).Redis("localhost:6379")!.SealingKeys);
        Assert.Distinct(first.SealingKeys.Values);
        if (!OperatingSystem.IsWindows())
        {
            var file = Assert.Single(Directory.GetFiles(Path.Combine(_root, "artifacts", "standalone"), "6000*"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void The_audit_of_a_system_outlives_it_and_is_separate_for_each_system()
    {
        var folder = Folder(6000);
        folder.Write(State);
        Directory.CreateDirectory(folder.AuditFolder);
        folder.Discard();

        Assert.True(Directory.Exists(folder.AuditFolder));
        Assert.NotEqual(folder.AuditFolder, Folder(7000).AuditFolder);
        Assert.Null(RunningSystems.Find(_root, portBase: null).Chosen);
    }

    [Fact]
    public void Without_Redis_no_keys_are_stored()
    {
        Assert.Null(Folder(6000).Redis(null));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void The_refusal_names_the_running_system_and_the_way_to_a_second_one()
    {
        var refusal = Preconditions.AlreadyRunning(State, Ports.From(6000));
        Assert.Contains("(pid 4711): http://localhost:6000", refusal, StringComparison.Ordinal);
        Assert.Contains("--port-base", refusal, StringComparison.Ordinal);
    }

    private InstanceFolder Folder(int portBase) => new(_root, Ports.From(portBase));
}
