using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Audit;

/// <summary>A service that has no more time: what is not written is lost, counted, and not
/// written later by a process that has given its file back.</summary>
public sealed class AuditStopTests : IDisposable
{
    private static readonly string[] People = ["alice", "bob", "carol", "dan"];

    private readonly ManualTime _time = new();
    private readonly AuditFolder _folder = new();
    private readonly AuditTrail _trail;

    public AuditStopTests() => _trail = new AuditTrail(new AuditOptions { File = _folder.File }, "test-service", _time);

    [Fact]
    public async Task Each_entry_is_either_in_the_file_or_counted_as_lost()
    {
        _folder.Fill();
        for (var number = 0; number < AuditPlaces.Most; number++)
        {
            await _trail.RecordAsync(Entry(number));
        }
        using var file = new AuditFile(_trail, new AuditOptions { File = _folder.File }, _time, NullLogger<AuditFile>.Instance);
        await file.StartAsync(TestContext.Current.CancellationToken);
        await Replica.UntilAsync(() => Task.FromResult(_trail.IsFailing));
        _folder.Repair("");
        // Until the first is written: the others are being written when the service stops.
        while (_trail.IsFailing)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await file.StopAsync(new CancellationToken(canceled: true));

        var lost = _trail.Lost;
        await Task.WhenAny(file.ExecuteTask!);
        Assert.Equal(AuditPlaces.Most, File.ReadLines(_folder.File).Count() + lost);
        Assert.Equal(lost, _trail.Lost);
    }

    [Fact]
    public async Task A_released_file_accepts_no_further_entries()
    {
        var files = AuditFiles.Claim(new AuditOptions { File = _folder.File });
        await files.AppendAsync("one\n"u8.ToArray());
        files.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => files.AppendAsync("two\n"u8.ToArray()));
        Assert.Equal("one\n", await File.ReadAllTextAsync(_folder.File, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _trail.Dispose();
        _folder.Dispose();
    }

    private static AuditEntry Entry(int number) => new()
    {
        Action = AccessActions.Document("read"),
        Target = $"DOC-{number}",
        Outcome = AuditOutcome.Allow,
        Person = People[number % People.Length],
        Decision = new string('x', 10_000),
    };
}
