using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents;
using TraceDemo.SampleAgents.Model;
using TraceDemo.SampleAgents.Work;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.SampleAgents;

public sealed class ModelAgentTests : IAsyncDisposable
{
    private const string Key = "sk-very-secret-key";
    private readonly List<IAsyncDisposable> _disposables = [];
    private readonly LogLines _logs = new();

    [Fact]
    public async Task The_document_is_sent_to_the_model_and_its_response_returned()
    {
        var endpoint = Use(await RecordingPeer.AnsweringAsync(
            200, """{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"All is well."}}]}"""));

        var output = Assert.IsType<AgentResult.Done>(await RunAsync(Models(endpoint))).Output;

        Assert.Equal(("answer", "All is well."), (output.Type, output.Text));
        var request = Assert.Single(endpoint.Received);
        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal($"Bearer {Key}", request.Headers["Authorization"]);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal("test-model", body.RootElement.GetProperty("model").GetString());
        Assert.Equal("The content.", body.RootElement.GetProperty("messages")[1].GetProperty("content").GetString());
    }

    [Fact]
    public async Task No_trace_context_is_sent_to_the_model()
    {
        var endpoint = Use(await RecordingPeer.AnsweringAsync(200, """{"choices":[{"message":{"role":"assistant","content":"x"}}]}"""));
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = new Activity("request").AddBaggage("user", "alice").Start();
        activity.TraceStateString = "vendor=value";

        await RunAsync(Models(endpoint));

        string[] allowed = ["Host", "Authorization", "Content-Type", "Transfer-Encoding", "Content-Length"];
        var sent = Assert.Single(endpoint.Received).Headers.Keys;
        Assert.Contains("Authorization", sent);
        Assert.Empty(sent.Except(allowed, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_an_endpoint_the_plain_document_is_returned_and_marked_as_such()
    {
        var output = Assert.IsType<AgentResult.Done>(await RunAsync(null)).Output;

        Assert.Equal("document", output.Type);
        Assert.Null(output.Text);
        Assert.Contains("Agents__gpt4__Endpoint", output.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_the_rules_of_the_reviewer_are_used_and_named()
    {
        var output = Assert.IsType<AgentResult.Done>(await RunAsync(null, action: AgentAction.Review)).Output;

        Assert.Equal(("review", "A security review found: 1 critical."), (output.Type, output.Text));
        Assert.Equal("secret.password", Assert.Single(output.Findings!).Rule);
        Assert.StartsWith("No model endpoint is configured for 'gpt4' (Agents__gpt4__Endpoint)", output.Note, StringComparison.Ordinal);
        Assert.EndsWith("the review by the fixed rules of 'reviewer'.", output.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_endpoint_the_model_reviews()
    {
        var endpoint = Use(await RecordingPeer.AnsweringAsync(200, """{"choices":[{"message":{"role":"assistant","content":"Fine."}}]}"""));

        var output = Assert.IsType<AgentResult.Done>(await RunAsync(Models(endpoint), action: AgentAction.Review)).Output;

        Assert.Equal(("answer", "Fine."), (output.Type, output.Text));
        Assert.Null(output.Findings);
    }

    [Theory]
    [InlineData(401, "{}", "returned status 401: check Agents__gpt4__Key")]
    [InlineData(404, "{}", "returned status 404: check Agents__gpt4__Endpoint and Agents__gpt4__Model")]
    [InlineData(429, "{}", "returned status 429: its rate limit is exceeded")]
    [InlineData(500, "internal sk-very-secret-key", "returned status 500")]
    [InlineData(204, "", "returned status 204")]
    [InlineData(200, "", "did not return a chat completion")]
    [InlineData(200, "<html>", "did not return a chat completion")]
    [InlineData(200, "[]", "did not return a chat completion")]
    [InlineData(200, "null", "did not return a chat completion")]
    [InlineData(200, """{"choices":[]}""", "did not return a chat completion")]
    [InlineData(200, """{"choices":[null]}""", "did not return a chat completion")]
    [InlineData(200, """{"choices":[{"message":{"role":"assistant","content":null}}]}""", "did not return a chat completion")]
    public async Task An_invalid_response_is_reported_without_its_content(int status, string body, string what)
    {
        var endpoint = Use(status == 204 ? await RecordingPeer.StartAsync(NoContent) : await RecordingPeer.AnsweringAsync(status, body));

        var failed = Assert.IsType<AgentResult.Failed>(await RunAsync(Models(endpoint)));

        Assert.Equal(ReasonCode.UpstreamUnavailable, failed.Reason);
        Assert.StartsWith($"The model endpoint of 'gpt4' {what}", failed.Detail, StringComparison.Ordinal);
        Assert.Contains(_logs.Lines, line => line.Contains(what, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, string.Join('\n', _logs.Lines) + failed.Detail, StringComparison.Ordinal);

        static Task NoContent(HttpContext context)
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_the_key_reaches_no_other_host()
    {
        var other = Use(await RecordingPeer.AnsweringAsync(200, "{}"));
        var endpoint = Use(await RecordingPeer.StartAsync(context =>
        {
            context.Response.Redirect(Models(other).ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }));

        var failed = Assert.IsType<AgentResult.Failed>(await RunAsync(Models(endpoint)));

        Assert.Contains("returned status 307", failed.Detail, StringComparison.Ordinal);
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_huge_response_is_cut_at_the_limit()
    {
        var endpoint = Use(await RecordingPeer.StartAsync(async context =>
        {
            var chunk = new byte[64 * 1024];
            for (var sent = 0; sent < ModelClient.MaxResponseBytes * 20; sent += chunk.Length)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        }));

        var failed = Assert.IsType<AgentResult.Failed>(await RunAsync(Models(endpoint)));

        Assert.Equal(ReasonCode.UpstreamUnavailable, failed.Reason);
        Assert.Contains("more than 1048576 bytes", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_respond_in_time_is_a_timeout_and_its_request_is_cancelled()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var endpoint = Use(await RecordingPeer.StartAsync(async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        }));

        var failed = Assert.IsType<AgentResult.Failed>(await RunAsync(Models(endpoint), timeout: "00:00:01"));

        Assert.Equal(ReasonCode.UpstreamTimeout, failed.Reason);
        Assert.Contains("took longer than 1 s", failed.Detail, StringComparison.Ordinal);
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_disconnected_caller_is_not_a_failure_of_the_endpoint()
    {
        using var caller = new CancellationTokenSource();
        var endpoint = Use(await RecordingPeer.StartAsync(async context =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Models(endpoint), cancellationToken: caller.Token));
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("model endpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_port_is_reported_as_unreachable()
    {
        var endpoint = await RecordingPeer.AnsweringAsync(200, "{}");
        var address = Models(endpoint);
        await endpoint.DisposeAsync();

        var failed = Assert.IsType<AgentResult.Failed>(await RunAsync(address));

        Assert.Equal("The model endpoint of 'gpt4' could not be reached (ConnectionError).", failed.Detail);
    }

    private static Uri Models(RecordingPeer peer) => new(peer.Address, "/v1");

    private T Use<T>(T disposable)
        where T : IAsyncDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }

    /// <summary>Runs the agent as the service wires it up, handlers and all.</summary>
    private async Task<AgentResult> RunAsync(
        Uri? endpoint, string timeout = "00:00:30", AgentAction action = AgentAction.Summarize, CancellationToken? cancellationToken = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Trace);
        if (endpoint is not null)
        {
            builder.Configuration["Agents:gpt4:Endpoint"] = endpoint.ToString();
            builder.Configuration["Agents:gpt4:Model"] = "test-model";
            builder.Configuration["Agents:gpt4:Key"] = Key;
            builder.Configuration["Agents:gpt4:Timeout"] = timeout;
        }

        builder.AddSampleAgents();
        await using var app = builder.Build();
        var task = new AgentTask(AgentId.Parse("gpt4", null), action, ReviewType.Security,
            TestDocument.Of(action == AgentAction.Review ? "The content. password=hunter2" : "The content."));
        return (await app.Services.GetRequiredService<AgentWork>()
            .RunAsync(AgentKind.Model, task, cancellationToken ?? TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in _disposables)
        {
            await disposable.DisposeAsync();
        }

        _logs.Dispose();
    }
}
