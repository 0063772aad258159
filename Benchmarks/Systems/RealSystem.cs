using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Standalone.Redis;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>The real services as processes on free ports: Release builds, configured as
/// in Standalone, with a back channel that counts exchanges.</summary>
internal sealed class RealSystem : IAsyncDisposable
{
    /// <summary>All services in the path of a delegated access, without the Dashboard.</summary>
    public static readonly IReadOnlyList<Service> Chain = [
        Service.Identity, Service.Gateway, Service.UserService, Service.AgentService, Service.DocumentService];

    private readonly SystemPlan _plan;
    private readonly CountingBackchannel _backchannel;
    private readonly ChildOutput _output;
    private readonly RedisUsers _users;
    private readonly Supervisor _supervisor;
    private readonly HttpClient _http = new();

    private RealSystem(SystemPlan plan, CountingBackchannel backchannel, IReadOnlyList<Service> services)
    {
        (_plan, _backchannel, _output, _users) = (plan, backchannel, new ChildOutput(), new RedisUsers(plan));
        _supervisor = new Supervisor(plan.Children.Where(child => services.Any(service => service.Name == child.Name)), _output,
            TimeProvider.System);
    }

    public TimeSpan StartedIn { get; private set; }

    /// <summary>Token exchanges that reached the provider so far.</summary>
    public int Exchanges => _backchannel.Exchanges;

    public Secrets Secrets => _plan.Secrets;

    public string Authority => _plan.Authority;

    public string BackchannelAddress => _backchannel.Address;

    public Uri OtlpAddress => new(_plan.ReceiverUrl);

    /// <param name="services">The services to start.</param>
    /// <param name="settings">Additional environment variables for all services.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="redis">The address of Redis, if used.</param>
    public static async Task<RealSystem> StartAsync(
        IReadOnlyList<Service> services, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken,
        string? redis = null)
    {
        var ports = FreePorts.Next();
        var plan = new SystemPlan(Repository.Root, ports, new Secrets()) { Build = "Release", Redis = RedisShare.Temporary(redis, ports) };
        var backchannel = await CountingBackchannel.StartAsync(plan.Authority);
        plan = plan with
        {
            Extra = new Dictionary<string, string>(settings)
            {
                ["Identity__BackchannelAddress"] = backchannel.Address,
                // High enough that no request is refused; the limiter itself stays on.
                ["Limits__PerSecond"] = "1000000",
                ["Limits__Burst"] = "1000000",
            },
        };
        var system = new RealSystem(plan, backchannel, services);
        if (await system._users.CreateAsync(cancellationToken) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        system._supervisor.Start();
        system.StartedIn = await system._output.OrFailAsync(system._supervisor.WaitHealthyAsync(cancellationToken), cancellationToken);
        return system;
    }

    public Uri Address(Service service, string path = "/") => new(new Uri(service.Url(_plan.Ports)), path);

    public MemoryUse Memory(Service service) =>
        MemoryUse.Of(_supervisor[service.Name].Pid ?? throw new InvalidOperationException($"{service.Name} is not running."));

    /// <summary>Processor time that all of these processes have used so far.</summary>
    public TimeSpan ProcessorTime(params IReadOnlyList<Service> services) =>
        services.Aggregate(TimeSpan.Zero, (sum, service) => sum + ProcessorTimes.Of(_supervisor[service.Name].Pid!.Value));

    public Task<string> SignInAsync(string person, CancellationToken cancellationToken) => RequestTokenAsync(
        [
            new("grant_type", "password"), new("client_id", "tracedemo-cli"), new("username", person), new("password", person),
            new("scope", "openid"),
        ],
        cancellationToken);

    public Task<string> ExchangeAsync(string client, string token, string audience, CancellationToken cancellationToken) =>
        RequestTokenAsync(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            new("client_id", client),
            new("client_secret", Secrets.Client(client)),
            new("subject_token", token),
            new("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            new("audience", audience),
        ],
        cancellationToken);

    public Task<JsonElement> HealthAsync(Service service, CancellationToken cancellationToken) =>
        _http.GetFromJsonAsync<JsonElement>(Address(service, "/health"), cancellationToken);

    /// <summary>Stops all processes and returns the numbers of exported and dropped spans that they report.</summary>
    public async Task<SpanCount> StopAsync()
    {
        await _supervisor.DisposeAsync();
        return _output.Spans();
    }

    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync();
        await _users.DisposeAsync();
        await _backchannel.DisposeAsync();
        _http.Dispose();
    }

    private async Task<string> RequestTokenAsync(IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync($"{Authority}/protocol/openid-connect/token", content, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.IsSuccessStatusCode
            ? answer.GetProperty("access_token").GetString()!
            : throw new InvalidOperationException($"The identity provider refused: {answer}");
    }
}
