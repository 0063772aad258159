using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Standalone.Demo;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Standalone.Redis;
using TraceDemo.Tests.Framework.Redis;
using TraceDemo.Tests.Framework.Telemetry;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Framework.Processes;

/// <summary>
/// The whole system as <c>--redis</c> starts it, and a second gateway, user- and agent-service with the same configuration: the second
/// gateway calls the second user-service, which calls the second agent-service.
/// </summary>
public sealed class SystemOnRedis : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly string[] Doubled = ["gateway", "user-service", "agent-service"];

    private readonly CollectedOutput _output = new();
    private readonly HttpClient _http = new();
    private RedisUsers? _users;
    private SystemInstance? _system;
    private Supervisor? _seconds;

    internal RedisServer Redis { get; private set; } = null!;

    internal OtlpCollector Telemetry { get; private set; } = null!;

    internal SystemPlan Plan { get; private set; } = null!;

    /// <summary>The way in by the first gateway, and by the second.</summary>
    internal InstanceState First => _system!.State;

    internal InstanceState Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!RedisServer.IsInstalled)
        {
            return;
        }

        Redis = await RedisServer.StartAsync(open: true);
        Telemetry = await OtlpCollector.Start();
        var (ports, others) = (FreePorts.Next(), FreePorts.Next());
        var settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            // Patient, because a test of what is there must not fail on a slow machine.
            ["Redis__Patience"] = "00:00:01",
        };
        Plan = new SystemPlan(Repository.Root, ports, new Secrets())
        {
            Extra = settings,
            Redis = RedisShare.Temporary(Redis.Address, ports),
        };
        _users = new RedisUsers(Plan);
        Assert.Null(await _users.CreateAsync(CancellationToken.None));
        _system = SystemInstance.Start(Plan, new InstanceFolder(Plan.Root, ports).TryLock()!, _output);
        var second = Plan with
        {
            Ports =
            ports with { Gateway = others.Gateway, UserService = others.UserService, AgentService = others.AgentService }
        };
        _seconds = new Supervisor(second.Children.Where(child => Doubled.Contains(child.Name)), _output, TimeProvider.System);
        _seconds.Start();
        Second = First with { Gateway = Service.Gateway.Url(second.Ports) };
        await Task.WhenAll(_system.Supervisor.WaitHealthyAsync(CancellationToken.None), _seconds.WaitHealthyAsync(CancellationToken.None))
            .WaitAsync(Timeout);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _seconds, _system, _users, Telemetry, Redis })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _http.Dispose();
    }

    internal Task CrashAsync(string name) => _system!.Supervisor[name].CrashAsync(TestContext.Current.CancellationToken);

    /// <summary>The processes, which must not change while only Redis suffers.</summary>
    internal IReadOnlyList<int?> Pids() => [.. _system!.Supervisor.Children.Concat(_seconds!.Children).Select(child => child.Pid)];

    internal DemoClient Client(InstanceState way) => new(_http, way);

    internal Task<string> SignInAsync(string person) => Client(First).SignInAsync(person, TestContext.Current.CancellationToken);

    internal Task<DemoAnswer> ReadAsync(InstanceState way, string token, string document) =>
        Client(way).PostAsync($"{way.Gateway}/api/access-direct", token, new { documentId = document },
            TestContext.Current.CancellationToken);

    internal Task<DemoAnswer> DelegateAsync(InstanceState way, string token, string agent, string document) =>
        Client(way).PostAsync($"{way.Gateway}/api/access-delegated", token, new { agentId = agent, documentId = document },
            TestContext.Current.CancellationToken);

    internal async Task<JsonElement> SendAsync(HttpMethod method, string url, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{url}: {answer}");
        return answer;
    }

    /// <summary>The demo's four scenarios, in every one the outcome it must have.</summary>
    internal async Task PlayAsync(InstanceState way)
    {
        foreach (var scenario in Scenario.All)
        {
            var answer = await scenario.Play(Client(way), way, TestContext.Current.CancellationToken);
            Assert.True(scenario.IsAsExpected(answer), $"{scenario.Title}: {answer}");
        }
    }
}
