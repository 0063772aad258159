using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Audit;

/// <summary>Whose a file is, how large it grows, and what becomes of the earlier ones.</summary>
public sealed class AuditFilesTests : IDisposable
{
    private readonly AuditFolder _folder = new();
    private readonly List<AuditTrail> _trails = [];

    private string Shared => Path.Combine(Path.GetDirectoryName(_folder.File)!, "gateway.{instance}.jsonl");

    [Fact]
    public async Task A_second_process_with_the_same_file_fails_to_start_with_a_reason()
    {
        await using var first = await _folder.WriteAsync(Trail());

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _folder.WriteAsync(Trail()));

        Assert.StartsWith($"Audit__File '{_folder.File}' cannot be appended to: another process does.", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("{instance}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_process_appends_to_the_file_after_the_first_has_ended()
    {
        for (var start = 1; start <= 2; start++)
        {
            var trail = Trail();
            await using (await _folder.WriteAsync(trail))
            {
                await trail.RecordAsync(Entry($"start {start}"));
            }
        }

        Assert.Equal(["start 1", "start 2"], Targets(_folder.File));
    }

    [Fact]
    public async Task Instances_on_one_machine_write_separate_files_where_the_name_has_a_placeholder()
    {
        var options = new AuditOptions { File = Shared };
        var (first, second) = (Trail(), Trail());
        await using (await AuditFolder.WriteAsync(first, options))
        await using (await AuditFolder.WriteAsync(second, options))
        {
            for (var number = 0; number < 100; number++)
            {
                await first.RecordAsync(Entry($"first {number}"));
                await second.RecordAsync(Entry($"second {number}"));
            }
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"first {number}"),
            Targets(Shared.Replace("{instance}", Environment.MachineName, StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"second {number}"),
            Targets(Shared.Replace("{instance}", $"{Environment.MachineName}-2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_full_file_is_rotated_and_the_oldest_deleted_and_both_are_audited()
    {
        var trail = Trail();
        await using (await AuditFolder.WriteAsync(trail, new AuditOptions { File = _folder.File, FileMebibytes = 1, Files = 3 }))
        {
            // More than five files of lines that are 15 KiB long.
            for (var number = 0; number < 360; number++)
            {
                await trail.RecordAsync(Entry($"entry {number}") with { Decision = new string('x', 15_000) });
            }
        }

        string[] files = [_folder.File + ".2", _folder.File + ".1", _folder.File];
        Assert.Equal(files.Order(), Directory.EnumerateFiles(Path.GetDirectoryName(_folder.File)!)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Order());
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, 1024 * 1024));
        Assert.All(files, file => Assert.Equal(("audit.file_removed", "allow", "audit.jsonl.2"), First(file)));
        var entries = files.SelectMany(Targets).Where(target => target!.StartsWith("entry", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Range(360 - entries.Count, entries.Count).Select(number => $"entry {number}"), entries);
    }

    [Fact]
    public async Task The_first_file_after_a_rotation_records_it()
    {
        var trail = Trail();
        await using (await AuditFolder.WriteAsync(trail, new AuditOptions { File = _folder.File, FileMebibytes = 1, Files = 3 }))
        {
            for (var number = 0; number < 80; number++)
            {
                await trail.RecordAsync(Entry($"entry {number}") with { Decision = new string('x', 15_000) });
            }
        }

        Assert.Equal(("audit.file_begun", "allow", null), First(_folder.File));
        Assert.Equal(80, Targets(_folder.File + ".1").Concat(Targets(_folder.File)).Count(target => target is not null));
    }

    [Fact]
    public async Task An_incomplete_line_stays_a_separate_line()
    {
        await File.WriteAllTextAsync(_folder.File, """{"time":"2026""", TestContext.Current.CancellationToken);
        var trail = Trail();
        await using (await _folder.WriteAsync(trail))
        {
            await trail.RecordAsync(Entry("whole"));
        }

        var lines = await File.ReadAllLinesAsync(_folder.File, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("whole", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_incomplete_line_that_cannot_be_terminated_leaves_no_file_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Runs on Linux: /proc/self/fd shows which files are open.");
        using var files = AuditFiles.Claim(new AuditOptions { File = _folder.File });
        files.Close();
        _folder.Stretch();

        for (var time = 0; time < 3; time++)
        {
            Assert.ThrowsAny<Exception>(() => files.IsFullFor([1]));
        }

        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd"), descriptor => new FileInfo(descriptor).LinkTarget == _folder.File);
    }

    public void Dispose()
    {
        _trails.ForEach(trail => trail.Dispose());
        _folder.Dispose();
    }

    private static IEnumerable<string?> Targets(string file) =>
        AuditFolder.Read(file).Select(entry => entry.GetProperty("target").GetString());

    private static (string?, string?, string?) First(string file)
    {
        var entry = AuditFolder.Read(file)[0];
        return (entry.GetProperty("action").GetString(), entry.GetProperty("outcome").GetString(), entry.GetProperty("target").GetString());
    }

    private AuditTrail Trail()
    {
        var trail = new AuditTrail(new AuditOptions { File = _folder.File }, "test-service", new ManualTime());
        _trails.Add(trail);
        return trail;
    }

    private static AuditEntry Entry(string target) => new()
    {
        Action = AccessActions.Document("read"),
        Target = target,
        Outcome = AuditOutcome.Allow,
        Reason = AccessReasons.DepartmentMatch,
        Person = "alice",
    };
}
