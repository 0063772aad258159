using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Gateway;

/// <summary>A caller who goes away has sent nothing wrong, and no service has failed them.</summary>
public sealed class LeavingCallerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/users/me")]
    [InlineData("POST", "/api/access-direct")]
    public async Task A_caller_that_disconnects_while_a_service_is_silent_is_audited_as_aborted(string method, string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Answer = context =>
        {
            reached.TrySetResult();
            return Silence.KeepAsync(context);
        };

        await LeaveAsync(gateway, method, path, reached.Task);

        Assert.Equal(("request", $"{method} {path}", AuditOutcome.Deny, "request_aborted", "alice-id"), await OnlyEntryAsync(gateway));
    }

    [Fact]
    public async Task A_caller_that_disconnects_while_the_provider_is_silent_is_audited_as_aborted()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Provider.OnToken = async (context, _) =>
        {
            reached.TrySetResult();
            await Silence.KeepAsync(context);
            return Microsoft.AspNetCore.Http.Results.Ok();
        };

        await LeaveAsync(gateway, "GET", "/api/users/me", reached.Task);

        Assert.Equal(("request", "GET /api/users/me", AuditOutcome.Deny, "request_aborted", "alice-id"), await OnlyEntryAsync(gateway));
        Assert.Null(gateway.Received.Path);
    }

    [Fact]
    public async Task The_gateways_spans_record_the_disconnect_and_are_not_errors()
    {
        await using var collector = await OtlpCollector.Start();
        string trace;
        await using (var gateway = await GatewayHost.StartAsync(("Dashboard:OtlpEndpoint", collector.Address)))
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            gateway.Answer = context =>
            {
                reached.TrySetResult();
                return Silence.KeepAsync(context);
            };
            await LeaveAsync(gateway, "GET", "/api/users/me", reached.Task);
            await OnlyEntryAsync(gateway);
            trace = gateway.Audit.Single().TraceId!;
        }

        var spans = await collector.Trace(trace, 4, Cancellation);
        var server = Assert.Single(spans, span => span.Name == "GET /api/users/me");
        Assert.Equal(("499", 0), (server.Attributes["http.response.status_code"], server.Status));
        Assert.Equal(0, Assert.Single(spans, span => span.Name == "proxy.forwarder").Status);
    }

    private static async Task LeaveAsync(GatewayHost gateway, string method, string path, Task reached)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(gateway.Address, path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {gateway.Provider.Sign(TestToken.Person)}");
        if (method == "POST")
        {
            request.Content = new StringContent("{}", null, "application/json");
        }

        var call = gateway.Http.SendAsync(request, leaving.Token);
        await reached.WaitAsync(Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<(string, string?, AuditOutcome, string?, string?)> OnlyEntryAsync(GatewayHost gateway)
    {
        await Replica.UntilAsync(() => Task.FromResult(gateway.Audit.Count > 0));
        var entry = Assert.Single(gateway.Audit);
        return (entry.Action, entry.Target, entry.Outcome, entry.Reason?.Value, entry.Person);
    }
}
