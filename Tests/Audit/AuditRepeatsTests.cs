using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Audit;

/// <summary>What somebody does again and again fills neither memory nor disk, and is not forgotten.</summary>
public sealed class AuditRepeatsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly AuditFolder _folder = new();
    private AuditTrail _trail;

    public AuditRepeatsTests() => _trail = new AuditTrail(new AuditOptions { File = _folder.File }, "test-service", _time);

    [Fact]
    public async Task Ten_thousand_equal_refusals_are_two_entries_and_the_second_has_the_count()
    {
        await using (await _folder.WriteAsync(_trail))
        {
            for (var number = 0; number < 10_000; number++)
            {
                await _trail.RecordAsync(Refusal("alice"));
            }
        }

        Assert.Equal([(null, "deny"), (9_999, "deny")], Written());
    }

    [Fact]
    public async Task Repeats_become_one_entry_after_a_minute_and_the_next_refusal_a_new_one()
    {
        await using (await _folder.WriteAsync(_trail))
        {
            for (var number = 0; number < 3; number++)
            {
                await _trail.RecordAsync(Refusal("alice"));
            }
            _time.Advance(AuditRepeats.Window);
            await _trail.RecordAsync(Refusal("alice"));
        }

        Assert.Equal([(null, "deny"), (2, "deny"), (null, "deny")], Written());
    }

    [Fact]
    public async Task Every_concurrent_equal_refusal_is_counted()
    {
        await using (await _folder.WriteAsync(_trail))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                for (var number = 0; number < 500; number++)
                {
                    await _trail.RecordAsync(Refusal("alice"));
                }
            })));
        }

        Assert.Equal(8 * 500, Written().Sum(line => line.Repeats ?? 1));
    }

    [Fact]
    public async Task A_refusal_that_waited_for_a_queue_slot_does_not_take_over_the_repeats_of_an_earlier_one()
    {
        for (var number = 0; number < AuditPlaces.MostOfOne; number++)
        {
            await _trail.RecordAsync(Refusal("alice") with { Target = $"other {number}" });
        }
        var (first, second) = (_trail.RecordAsync(Refusal("alice")).AsTask(), _trail.RecordAsync(Refusal("alice")).AsTask());
        Assert.False(first.IsCompleted || second.IsCompleted);

        Free();
        await first;
        await _trail.RecordAsync(Refusal("alice"));
        Free();
        await second;

        Assert.Equal((2, "DOC-1"), (_trail.Latest[0].Repeats, _trail.Latest[0].Target));
        Assert.Single(_trail.Latest, entry => entry is { Target: "DOC-1", Repeats: null });

        void Free()
        {
            Assert.True(_trail.Unwritten.TryRead(out var written));
            written.Place!.Dispose();
        }
    }

    [Fact]
    public async Task Recent_entries_show_the_repeats_so_far()
    {
        for (var number = 0; number < 5; number++)
        {
            await _trail.RecordAsync(Refusal("alice"));
        }

        Assert.Equal([4, null], _trail.Latest.Select(entry => entry.Repeats));
    }

    [Fact]
    public async Task A_different_person_target_reason_action_or_client_is_not_a_repeat()
    {
        AuditEntry[] entries =
        [
            Refusal("alice"), Refusal("bob"), Refusal("alice") with { Target = "DOC-2" },
            Refusal("alice") with { Reason = ReasonCode.AdminRequired },
            Refusal("alice") with { Action = AuditActions.Request }, Refusal("alice") with { Client = "gateway" },
        ];
        foreach (var entry in entries)
        {
            await _trail.RecordAsync(entry);
        }

        Assert.Equal(entries.Length, _trail.Latest.Count);
        Assert.All(_trail.Latest, entry => Assert.Null(entry.Repeats));
    }

    [Fact]
    public async Task Every_completed_action_is_a_separate_entry()
    {
        for (var number = 0; number < 10; number++)
        {
            await _trail.RecordAsync(Refusal("alice") with { Outcome = AuditOutcome.Allow, Reason = null });
        }

        Assert.Equal(10, _trail.Latest.Count);
    }

    [Fact]
    public async Task Refusals_beyond_the_tracking_limit_are_separate_entries()
    {
        await using (await _folder.WriteAsync(_trail))
        {
            for (var number = 0; number <= AuditRepeats.Most; number++)
            {
                await _trail.RecordAsync(Refusal("alice") with { Target = $"DOC-{number}" });
            }
            for (var number = 0; number < 3; number++)
            {
                await _trail.RecordAsync(Refusal("alice") with { Target = $"DOC-{AuditRepeats.Most}" });
            }
        }

        Assert.Equal(AuditRepeats.Most + 4, Written().Count(line => line.Repeats is null));
    }

    [Fact]
    public async Task Repeats_are_counted_until_a_queue_slot_is_free()
    {
        await _trail.RecordAsync(Refusal("alice"));
        await _trail.RecordAsync(Refusal("alice"));
        for (var number = 1; number < AuditPlaces.MostOfOne; number++)
        {
            await _trail.RecordAsync(Refusal("alice") with { Target = $"other {number}" });
        }
        _time.Advance(2 * AuditRepeats.Window);
        await _trail.RecordAsync(Refusal("alice"));

        await using (await _folder.WriteAsync(_trail)) { }

        Assert.Equal((AuditPlaces.MostOfOne, 2), (Written().Count(line => line.Repeats is null), Written().Sum(line => line.Repeats)));
        Assert.Equal(0, _trail.Lost);
    }

    [Fact]
    public async Task Entries_of_one_person_do_not_evict_recent_entries_of_others()
    {
        _trail.Dispose();
        _trail = new AuditTrail(new AuditOptions { Capacity = 10 }, "test-service", _time);
        foreach (var person in new[] { "bob", "carol", "dan" })
        {
            await _trail.RecordAsync(Refusal(person));
        }
        for (var number = 0; number < 100; number++)
        {
            await _trail.RecordAsync(Refusal("alice") with { Target = $"DOC-{number}" });
        }

        Assert.Equal(["DOC-99", "DOC-98", "DOC-97", "DOC-96", "DOC-95", "DOC-94", "DOC-93", "DOC-1", "DOC-1", "DOC-1"],
            _trail.Latest.Select(entry => entry.Target));
        Assert.Equal(["dan", "carol", "bob"], _trail.Latest.TakeLast(3).Select(entry => entry.Person));
    }

    [Fact]
    public async Task A_person_who_fills_their_queue_share_does_not_block_others()
    {
        // Nobody writes this one, as when a disk hangs.
        for (var number = 0; number < AuditPlaces.MostOfOne; number++)
        {
            await _trail.RecordAsync(Refusal("alice") with { Target = $"DOC-{number}" });
        }

        var oneMore = _trail.RecordAsync(Refusal("alice") with { Target = "one more" }).AsTask();
        Assert.False(oneMore.IsCompleted);
        await _trail.RecordAsync(Refusal("bob"));
        _time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<ServiceDefaults.Http.ProblemException>(() => oneMore);
    }

    public void Dispose()
    {
        _trail.Dispose();
        _folder.Dispose();
    }

    private List<(int? Repeats, string? Outcome)> Written() => [.. AuditFolder.Read(_folder.File).Select(entry =>
        (entry.GetProperty("repeats").ValueKind == System.Text.Json.JsonValueKind.Null
            ? (int?)null
            : entry.GetProperty("repeats").GetInt32(), entry.GetProperty("outcome").GetString()))];

    private static AuditEntry Refusal(string person) => new()
    {
        Action = AccessActions.Document("read"),
        Target = "DOC-1",
        Outcome = AuditOutcome.Deny,
        Reason = AccessReasons.DepartmentRequired,
        Person = person,
        Client = "user-service",
    };
}
