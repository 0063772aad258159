using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Audit;

/// <summary>Nothing is changed that cannot be put on record.</summary>
public sealed class UnauditedChangeTests : IDisposable
{
    private static readonly TestToken Editor = Tokens.Gateway("bob", "documents:read documents:write");

    private readonly AuditFolder _folder = new();

    [Fact]
    public async Task While_the_audit_is_not_writable_documents_can_be_read_but_not_changed()
    {
        _folder.Fill();
        await using var service = new DocumentServiceUnderTest { AuditFile = _folder.File };
        await service.InitializeAsync();
        var before = service.Documents.ETag;
        Assert.Equal(403, (await service.DirectAsync("carol", "DOC-001")).Status);
        await Replica.UntilAsync(() => Task.FromResult(service.Trail.IsFailing));

        var replaced = await PutAsync(service, "DOC-003", ("If-Match", ETag(service, "DOC-003")));
        var created = await PutAsync(service, "DOC-100", ("If-None-Match", "*"));
        var deleted = await service.SendAsync(
            HttpMethod.Delete, "/documents/DOC-003", Editor, (object?)null, ("If-Match", ETag(service, "DOC-003")));

        Assert.All([replaced, created, deleted], answer => Assert.Equal((503, "audit_unavailable"), (answer.Status, answer.Reason)));
        Assert.Equal(before, service.Documents.ETag);
        Assert.Equal(200, (await service.DirectAsync("alice", "DOC-007")).Status);

        _folder.Repair();
        await Replica.UntilAsync(() =>
        {
            service.Time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(!service.Trail.IsFailing);
        });
        Assert.Equal(201, (await PutAsync(service, "DOC-100", ("If-None-Match", "*"))).Status);
    }

    [Fact]
    public async Task While_the_audit_is_not_writable_no_agent_is_enabled_or_disabled()
    {
        _folder.Fill();
        await using var host = await AgentServiceHost.StartAsync(before: builder => builder.Configuration["Audit:File"] = _folder.File);
        var trail = host.Service.Services.GetRequiredService<AuditTrail>();
        Assert.Equal(404, (await SetAsync("oracle")).Status);
        await Replica.UntilAsync(() => Task.FromResult(trail.IsFailing));

        var refused = await SetAsync("gpt4");

        Assert.Equal((503, "audit_unavailable"), (refused.Status, refused.Reason));
        Assert.Equal(200, (await host.AccessAsync("gpt4", new { documentId = "DOC-005" })).Status);
        _folder.Repair();
        await Replica.UntilAsync(() => Task.FromResult(!trail.IsFailing));
        Assert.Equal(200, (await SetAsync("gpt4")).Status);

        Task<Answer> SetAsync(string agent) =>
            host.SendAsync(HttpMethod.Put, $"/agents/{agent}/state", AgentServiceHost.Administrator, new { enabled = false });
    }

    [Fact]
    public async Task Reserving_fails_without_a_free_slot_and_an_unused_slot_is_released()
    {
        var time = new ManualTime();
        using var trail = new AuditTrail(new AuditOptions { File = _folder.File }, "test-service", time);
        List<IDisposable?> taken = [];
        for (var number = 0; number < AuditPlaces.MostOfOne; number++)
        {
            taken.Add((await trail.TryReserveAsync("alice")).Place);
        }

        var oneMore = trail.TryReserveAsync("alice").AsTask();
        Assert.False(oneMore.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False((await oneMore).IsReserved);

        taken[0]!.Dispose();
        Assert.True((await trail.TryReserveAsync("alice")).IsReserved);
        Assert.Equal((0, HealthStatus.Healthy),
            (trail.Lost, (await new AuditCheck(trail).CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status));
    }

    public void Dispose() => _folder.Dispose();

    private static string ETag(DocumentServiceUnderTest service, string document) =>
        service.Documents.Find(DocumentId.Parse(document, null))!.ETag;

    private static Task<Answer> PutAsync(DocumentServiceUnderTest service, string document, (string, string) condition) =>
        service.SendAsync(HttpMethod.Put, $"/documents/{document}", Editor,
            new StringContent(StoreFolder.Text(document), Encoding.UTF8, "text/markdown"), condition);
}
