using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Audit;

/// <summary>An endpoint that is audited leaves one entry for each request of a verified caller, whatever becomes of it.</summary>
public sealed class AuditedRequestTests : OnTestService
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("{", "application/json", 400, "request_invalid")]
    [InlineData("""{"number":"one"}""", "application/json", 400, "request_invalid")]
    [InlineData("one", "text/plain", 415, "unsupported_media_type")]
    [InlineData("<64 KiB", "application/json", 413, "request_too_large")]
    public async Task An_unreadable_request_is_audited_as_a_request(string body, string mediaType, int status, string reason)
    {
        var content = new StringContent(
            body.Replace("<64 KiB", $"\"{new string('x', 64 * 1024)}\"", StringComparison.Ordinal), null, mediaType);

        Assert.Equal(status, await PostAsync("/named", content));

        Assert.Equal(("request", "POST /named", AuditOutcome.Deny, reason, "alice-id"), Only());
    }

    [Theory]
    [InlineData("/named", 400, "request_invalid")]
    [InlineData("/thrown", 502, "upstream_unavailable")]
    [InlineData("/fault", 500, "internal_error")]
    public async Task An_unrecorded_refusal_or_fault_is_audited_under_the_name_of_the_action(
        string path, int status, string reason)
    {
        Assert.Equal(status, await PostAsync(path, JsonContent.Create(new { number = 0 })));

        Assert.Equal(("direct_access", "DOC-0", AuditOutcome.Deny, reason, "alice-id"), Only());
    }

    [Fact]
    public async Task A_refusal_by_a_filter_is_audited()
    {
        Assert.Equal(503, await PostAsync("/filtered", JsonContent.Create(new { number = 1 })));

        Assert.Equal(("request", "POST /filtered", AuditOutcome.Deny, "registry_unavailable", "alice-id"), Only());
    }

    [Fact]
    public async Task An_aborted_request_is_audited()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = PostAsync("/waits", JsonContent.Create(new { number = 1 }), leaving.Token);
        await _reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await Replica.UntilAsync(() => Task.FromResult(Latest.Count > 0));
        Assert.Equal(("direct_access", "DOC-1", AuditOutcome.Deny, "request_aborted", "alice-id"), Only());
    }

    [Fact]
    public async Task A_recorded_outcome_is_not_recorded_twice()
    {
        Assert.Equal(404, await PostAsync("/recorded", JsonContent.Create(new { number = 1 })));

        Assert.Equal(("direct_access", "DOC-1", AuditOutcome.Deny, "document_not_found", "alice-id"), Only());
    }

    [Fact]
    public async Task A_completed_action_is_recorded_only_by_the_code_that_performs_it()
    {
        Assert.Equal(200, await PostAsync("/named", JsonContent.Create(new { number = 1 })));

        Assert.Empty(Latest);
    }

    [Fact]
    public async Task Unauthenticated_callers_and_unaudited_endpoints_create_no_entry()
    {
        Assert.Equal(404, await PostAsync("/free", JsonContent.Create(new { number = 1 })));
        using var stranger = await Service.Http.PostAsync(
            new Uri(Service.Address, "/named"), null, TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)stranger.StatusCode);

        Assert.Empty(Latest);
    }

    private IReadOnlyList<AuditEntry> Latest => Service.Services.GetRequiredService<AuditTrail>().Latest;

    protected override void Map(WebApplication app)
    {
        var callers = Callers.Person("tracedemo-cli");
        app.MapPost("/named", (Body body, AuditedRequest audited) =>
            Named(audited, body).Number == 1 ? Results.Ok() : Problem.Result(ReasonCode.RequestInvalid, "No.")).Accept(callers).Audited();
        app.MapPost("/thrown", (Body body, AuditedRequest audited) => Named(audited, body).Number == 1
            ? Results.Ok()
            : throw new ProblemException(ReasonCode.UpstreamUnavailable, "No.")).Accept(callers).Audited();
        app.MapPost("/fault", (Body body, AuditedRequest audited) =>
            Named(audited, body).Number == 1 ? Results.Ok() : throw new InvalidOperationException("A fault.")).Accept(callers).Audited();
        app.MapPost("/filtered", (Body body, AuditedRequest audited) => Named(audited, body)).Accept(callers).Audited()
            .AddEndpointFilter((_, _) => new(Problem.Result(AccessReasons.RegistryUnavailable, "No.")));
        app.MapPost("/waits", async (Body body, AuditedRequest audited, CancellationToken left) =>
        {
            Named(audited, body);
            _reached.SetResult();
            await Task.Delay(Timeout.Infinite, left);
        }).Accept(callers).Audited();
        app.MapPost("/recorded", async (Body body, AuditedRequest audited) =>
        {
            Named(audited, body);
            await audited.RecordAsync(AccessReasons.DocumentNotFound, decision: null);
            return Problem.Result(ReasonCode.NotFound, "No.");
        }).Accept(callers).Audited();
        app.MapPost("/free", (Body _) => Problem.Result(ReasonCode.NotFound, "No.")).Accept(callers);
    }

    private static Body Named(AuditedRequest audited, Body body)
    {
        audited.Concerns(AccessActions.DirectAccess, $"DOC-{body.Number}");
        return body;
    }

    private (string, string?, AuditOutcome, string?, string?) Only()
    {
        var entry = Assert.Single(Latest);
        return (entry.Action, entry.Target, entry.Outcome, entry.Reason?.Value, entry.Person);
    }

    private async Task<int> PostAsync(string path, HttpContent content, CancellationToken? cancellation = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Service.Address, path)) { Content = content };
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Provider.Sign(TestToken.Person)}");
        using var response = await Service.Http.SendAsync(request, cancellation ?? TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private sealed record Body(int Number);
}
