using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TraceDemo.DocumentService.Access;
using TraceDemo.ServiceDefaults.Vocabulary;
using TraceDemo.Tests.Policy;

namespace TraceDemo.Tests.Access;

public sealed class AuditTrailTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newest_entries_are_kept_and_the_oldest_go()
    {
        using var audit = new AuditTrail(Options.Create(new AuditOptions { Capacity = 3 }), NullLogger<AuditTrail>.Instance);

        for (var number = 1; number <= 5; number++)
            await audit.AddAsync(Entry(number), Cancellation);

        Assert.Equal(["DOC-5", "DOC-4", "DOC-3"], audit.Latest.Select(entry => entry.Document.Value));
    }

    [Fact]
    public async Task Every_entry_is_in_the_file_when_the_service_has_stopped_and_a_new_start_appends()
    {
        var file = Path.GetTempFileName();
        try
        {
            for (var start = 0; start < 2; start++)
            {
                using var audit = new AuditTrail(Options.Create(new AuditOptions { Capacity = 1, File = file }), NullLogger<AuditTrail>.Instance);
                await audit.StartAsync(Cancellation);
                await Task.WhenAll(Enumerable.Range(1, 100).Select(number => audit.AddAsync(Entry(number), Cancellation).AsTask()));
                await audit.StopAsync(Cancellation);
            }

            var lines = await File.ReadAllLinesAsync(file, Cancellation);
            Assert.Equal(200, lines.Length);
            Assert.All(lines, line => Assert.Equal("deny", JsonDocument.Parse(line).RootElement.GetProperty("decision").GetProperty("decision").GetString()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static AuditEntry Entry(int number) => new(
        DateTimeOffset.UnixEpoch, null, "somebody", null, "user-service", DocumentId.Parse($"DOC-{number}", null), AccessAction.Read, Facts.Policy.Decide(Facts.Direct("carol", "DOC-001")));
}
