using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Audit;

public sealed class AuditTrailTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly AuditFolder _folder = new();
    private readonly List<AuditTrail> _trails = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newest_entries_are_kept_and_the_oldest_evicted()
    {
        var audit = Trail(file: null, capacity: 3);

        for (var number = 1; number <= 5; number++)
        {
            await audit.RecordAsync(Entry(number));
        }

        Assert.Equal(["DOC-5", "DOC-4", "DOC-3"], audit.Latest.Select(entry => entry.Target));
    }

    [Fact]
    public async Task Every_entry_is_written_before_shutdown_and_a_restart_appends()
    {
        for (var start = 0; start < 2; start++)
        {
            var audit = Trail(_folder.File);
            await using var file = await _folder.WriteAsync(audit);
            await Task.WhenAll(Enumerable.Range(1, 100).Select(number => audit.RecordAsync(Entry(number)).AsTask()));
        }

        var lines = await File.ReadAllLinesAsync(_folder.File, Cancellation);
        Assert.Equal(200, lines.Length);
        Assert.All(lines,
            line => Assert.Equal("deny", JsonDocument.Parse(line).RootElement.GetProperty("decision").GetProperty("decision").GetString()));
    }

    [Fact]
    public async Task Entry_has_time_service_person_action_and_outcome()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var audit = Trail(file: null);

        await audit.RecordAsync(AuditEntry.Of(Caller, AccessActions.AgentDisable, "gpt4", null));
        await audit.RecordAsync(AuditEntry.Of(Caller, AuditActions.Request, "PUT /agents/gpt4/state", ReasonCode.AdminRequired));
        await audit.RecordAsync(AuditEntry.Of(Caller, AccessActions.Document("read"), "DOC-007", AccessReasons.PublicDocument));

        Assert.Equal(
            [("document.read", "DOC-007", AuditOutcome.Allow, "public_document"),
                ("request", "PUT /agents/gpt4/state", AuditOutcome.Deny, "admin_required"),
                ("agent.disable", "gpt4", AuditOutcome.Allow, null)],
            audit.Latest.Select(entry => (entry.Action, entry.Target!, entry.Outcome, entry.Reason?.Value)));
        Assert.All(audit.Latest, entry => Assert.Equal(
            ("alice-id", "alice", "gateway", "test-service", activity.TraceId.ToHexString(), _time.GetUtcNow()),
            (entry.Person, entry.UserName, entry.Client, entry.Service, entry.TraceId, entry.Time)));
    }

    [Fact]
    public async Task Entries_wait_while_the_disk_is_full_degrade_health_and_are_written_later()
    {
        _folder.Fill();
        var audit = Trail(_folder.File);
        await using var file = await _folder.WriteAsync(audit);

        for (var number = 1; number <= 3; number++)
        {
            await audit.RecordAsync(Entry(number));
        }
        await Replica.UntilAsync(() => Task.FromResult(audit.IsFailing));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(audit));

        // What a full disk took of a line stays a line of its own.
        _folder.Repair("""{"time":"2026""");
        await Replica.UntilAsync(() => Task.FromResult(!audit.IsFailing));
        await file.DisposeAsync();
        var lines = await File.ReadAllLinesAsync(_folder.File, Cancellation);
        Assert.Equal(["DOC-1", "DOC-2", "DOC-3"],
            lines[1..].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("target").GetString()));
        Assert.Equal((HealthStatus.Healthy, 0), (await HealthAsync(audit), audit.Lost));
    }

    [Fact]
    public async Task With_a_full_queue_callers_wait_then_fail_and_the_loss_is_counted_and_reported()
    {
        // Nobody writes this one, as when a disk hangs.
        var audit = Trail(_folder.File);
        for (var number = 0; number < AuditPlaces.Most; number++)
        {
            await audit.RecordAsync(Entry(number) with { Person = $"person {number % 10}" });
        }

        var oneMore = audit.RecordAsync(Entry(1_000)).AsTask();
        Assert.False(oneMore.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(ReasonCode.AuditUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => oneMore)).Reason);
        Assert.Equal((1, HealthStatus.Degraded), (audit.Lost, await HealthAsync(audit)));
        audit.IsFailing = true;
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(audit));
    }

    [Fact]
    public async Task A_full_queue_with_failing_writes_makes_the_service_unready()
    {
        _folder.Fill();
        var audit = Trail(_folder.File);
        await using var file = await _folder.WriteAsync(audit);
        for (var number = 1; number < AuditPlaces.Most; number++)
        {
            await audit.RecordAsync(Entry(number) with { Person = $"person {number % 4}" });
        }
        await Replica.UntilAsync(() => Task.FromResult(audit.IsFailing));
        var before = await HealthAsync(audit);
        await audit.RecordAsync(Entry(AuditPlaces.Most) with { Person = "person 0" });
        var full = await HealthAsync(audit);

        // First, because whoever writes does not end before it can.
        _folder.Repair();
        Assert.Equal((HealthStatus.Degraded, HealthStatus.Unhealthy), (before, full));
        await Replica.UntilAsync(async () => await HealthAsync(audit) == HealthStatus.Healthy);
        Assert.Equal(0, audit.Lost);
    }

    [Fact]
    public async Task A_line_is_readable_holds_no_markup_and_is_marked_shortened_only_if_it_is()
    {
        var audit = Trail(_folder.File);
        await using (await _folder.WriteAsync(audit))
        {
            await audit.RecordAsync(Entry(1) with { Target = "it's \"1+1\" <b>" });
        }

        var line = await File.ReadAllTextAsync(_folder.File, Cancellation);
        Assert.Contains(""""target":"it's \"1+1\" \u003Cb\u003E"""", line, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\u002B", line, StringComparison.OrdinalIgnoreCase);
        Assert.False(JsonElement.Parse(line).TryGetProperty("shortened", out _));
    }

    [Fact]
    public async Task Entries_not_written_before_shutdown_are_counted()
    {
        _folder.Fill();
        var audit = Trail(_folder.File);
        var file = await _folder.WriteAsync(audit);
        for (var number = 1; number <= 3; number++)
        {
            await audit.RecordAsync(Entry(number));
        }
        await Replica.UntilAsync(() => Task.FromResult(audit.IsFailing));

        await file.StopNowAsync();

        Assert.Equal(3, audit.Lost);
    }

    [Fact]
    public async Task Record_longer_than_a_line_is_omitted_and_the_entry_marked()
    {
        var audit = Trail(_folder.File);
        await using (await _folder.WriteAsync(audit))
        {
            await audit.RecordAsync(Entry(1) with { Decision = new string('<', 16 * 1024), Target = new string('x', 10_000) });
        }

        var entry = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(_folder.File, Cancellation))).RootElement;
        Assert.Equal((JsonValueKind.Null, true, 256),
            (entry.GetProperty("decision").ValueKind, entry.GetProperty("shortened").GetBoolean(),
                entry.GetProperty("target").GetString()!.Length));
    }

    [Fact]
    public async Task File_is_readable_by_its_owner_only()
    {
        await using var file = await _folder.WriteAsync(Trail(_folder.File));

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Runs on Linux and other POSIX systems: Windows has no file modes.");
        }
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File));
        }
    }

    [Fact]
    public async Task Unwritable_file_prevents_startup_with_a_one_sentence_error()
    {
        var options = new AuditOptions { File = _folder.Missing };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => AuditFolder.WriteAsync(Trail(_folder.Missing), options));

        Assert.StartsWith($"Audit__File '{_folder.Missing}' cannot be appended to: ", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _trails.ForEach(trail => trail.Dispose());
        _folder.Dispose();
    }

    private static Caller Caller { get; } = new TestCaller().Build();

    private AuditTrail Trail(string? file, int capacity = 1_000)
    {
        var trail = new AuditTrail(new AuditOptions { Capacity = capacity, File = file }, "test-service", _time);
        _trails.Add(trail);
        return trail;
    }

    private static async Task<HealthStatus> HealthAsync(AuditTrail audit) =>
        (await new AuditCheck(audit).CheckHealthAsync(new HealthCheckContext(), Cancellation)).Status;

    private static AuditEntry Entry(int number) => new()
    {
        Action = AccessActions.Document("read"),
        Target = $"DOC-{number}",
        Outcome = AuditOutcome.Deny,
        Reason = AccessReasons.DepartmentRequired,
        Person = "somebody",
        Client = "user-service",
        Decision = Facts.Policy.Decide(Facts.Direct("carol", "DOC-001")),
    };
}
