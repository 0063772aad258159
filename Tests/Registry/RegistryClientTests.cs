using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Registry;

namespace TraceDemo.Tests.Registry;

/// <summary>What a registry that lies, fails or is slow can do: take away, and nothing else.</summary>
public sealed class RegistryClientTests : IAsyncLifetime
{
    private const string Honest = """[{"id":"gpt4","name":"GPT-4","description":"","kind":"model","enabled":true}]""";

    private readonly ManualTime _time = new();
    private readonly LogLines _logs = new();
    private readonly LoggerFactory _logging;
    private WebApplication _registry = null!;
    private RegistryView _view = null!;
    private RegistryRefresh _refresh = null!;
    private string? _asked;

    public RegistryClientTests() => _logging = new LoggerFactory([_logs]);

    private (int Status, string Body) Answer { get; set; } = (200, Honest);

    public async ValueTask InitializeAsync()
    {
        _registry = LocalServer.Create();
        _registry.MapGet("/agents", async context =>
        {
            _asked = context.Request.Headers.IfNoneMatch;
            context.Response.StatusCode = Answer.Status;
            context.Response.Headers.ETag = "\"v1\"";
            if (Answer.Status == 200)
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(Answer.Body, context.RequestAborted);
            }
        });
        await _registry.StartAsync();
        _view = new RegistryView(_time);
        _refresh = new RegistryRefresh(
            new RegistryClient(new HttpClient { BaseAddress = new Uri(_registry.Urls.Single()) }), _view, _time,
            new Logger<RegistryRefresh>(_logging));
    }

    public async ValueTask DisposeAsync()
    {
        _refresh.Dispose();
        _logging.Dispose();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task The_second_request_is_conditional()
    {
        await RefreshAsync();
        Answer = (304, "");
        await RefreshAsync();

        Assert.Equal("\"v1\"", _asked);
        Assert.IsType<AgentState.Known>(Find("gpt4"));
    }

    [Fact]
    public async Task Members_that_would_widen_an_agent_are_not_even_read()
    {
        Answer = (200,
            """[{"id":"gpt4","name":"GPT-4","enabled":true,"clientId":"user-service","capabilities":"""
                + """["admin"],"clearance":"critical","allowedGroups":["hr"]}]""");
        await RefreshAsync();

        Assert.Equal(new RegistryEntry(AgentId.Parse("gpt4", null), "GPT-4", Enabled: true),
            Assert.IsType<AgentState.Known>(Find("gpt4")).Entry);
        Assert.Equal(["Enabled", "Id", "Name"],
            typeof(RegistryEntry).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order());
    }

    [Fact]
    public async Task The_first_of_two_entries_wins_so_a_second_cannot_enable_an_agent()
    {
        Answer = (200, """[{"id":"gpt4","name":"a","enabled":false},{"id":"gpt4","name":"b","enabled":true}]""");
        await RefreshAsync();

        Assert.False(Assert.IsType<AgentState.Known>(Find("gpt4")).Entry.Enabled);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(401, "")]
    [InlineData(200, "not json")]
    [InlineData(200, "null")]
    [InlineData(200, """[{"id":"NOT AN ID","name":"x","enabled":true}]""")]
    public async Task An_invalid_response_does_not_refresh_the_view(int status, string body)
    {
        await RefreshAsync();
        Answer = (status, body);
        _time.Advance(TimeSpan.FromSeconds(4));
        await RefreshAsync();
        Assert.IsType<AgentState.Known>(Find("gpt4"));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<AgentState.Unavailable>(Find("gpt4"));
    }

    [Fact]
    public async Task A_registry_that_starts_later_than_its_readers_logs_no_warning()
    {
        Answer = (500, "");
        await RefreshAsync();
        await RefreshAsync();
        Answer = (200, Honest);
        await RefreshAsync();

        Assert.Empty(_logs.Lines);
    }

    [Fact]
    public async Task Each_outage_logs_one_immediate_warning()
    {
        for (var outage = 1; outage <= 2; outage++)
        {
            Answer = (200, Honest);
            await RefreshAsync();
            Answer = (500, "");
            await RefreshAsync();
            await RefreshAsync();

            Assert.Equal(outage, _logs.Lines.Count(line => line.StartsWith("registry.unreachable ", StringComparison.Ordinal)));
        }
    }

    private AgentState Find(string agent) => _view.Find(AgentId.Parse(agent, null));

    private Task RefreshAsync() => _refresh.RefreshAsync(TestContext.Current.CancellationToken);
}
