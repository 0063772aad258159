using System.Text.Json.Nodes;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Processes;
using TraceDemo.Tests.Framework.Identity;
using TraceDemo.Tests.Framework.Processes;
using TraceDemo.Tests.Framework.Telemetry;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Framework.Lift;

/// <summary>
/// A solution that was made from samples/Lift by the commands of docs/lift.md, in a folder of its own: its two services on the package, as
/// processes, beside an identity provider with the sample's realm.
/// </summary>
public sealed class LiftedSolution : IAsyncLifetime
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("tracedemo-lift-");
    private readonly List<Supervisor> _supervisors = [];
    private readonly CollectedOutput _output = new();
    private readonly string _provider = Local();

    public LiftedSolution() => Commands = new DocumentedCommands(_home.FullName);

    internal DocumentedCommands Commands { get; }

    internal OtlpCollector Telemetry { get; private set; } = null!;

    internal ProviderClient Provider { get; private set; } = null!;

    internal HttpClient Http { get; } = new();

    internal Uri Orders { get; } = new(Local());

    internal Uri Stock { get; } = new(Local());

    public async ValueTask InitializeAsync()
    {
        Commands.Copy("cp -r samples/Lift ../lift");
        AddNextService(Path.Combine(Commands.Solution, "realm.json"));
        await Commands.RunAsync(Repository.Root, "dotnet pack ServiceDefaults -o ../lift/packages");
        await Commands.RunAsync(Commands.Solution, "dotnet new sln -n Lift");
        await Commands.RunAsync(Commands.Solution, "dotnet sln add Orders Stock");
        await Commands.RunAsync(Commands.Solution, "dotnet build");

        Telemetry = await OtlpCollector.Start();
        Provider = new ProviderClient($"{_provider}/realms/lift");
        await StartAsync(Child("identity", Service.Identity.Assembly(Repository.Root, "Debug"), new(_provider)),
            Lifted("Orders", Orders), Lifted("Stock", Stock));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var supervisor in _supervisors)
        {
            await supervisor.DisposeAsync();
        }

        if (Telemetry is not null)
        {
            await Telemetry.DisposeAsync();
        }

        Provider?.Dispose();
        Http.Dispose();
        _home.Delete(recursive: true);
    }

    /// <summary>A folder of this solution's home that is not there yet.</summary>
    internal string Beside(string name) => Path.Combine(_home.FullName, name);

    /// <summary>The token with which <c>shop</c> calls <c>orders</c> for alice.</summary>
    internal async Task<string> SignInAsync() => (await Provider.PostAsync("/token", client: null,
        [("grant_type", "password"), ("client_id", "shop"), ("username", "alice"), ("password", "alice")])).AccessToken;

    /// <summary>Builds nothing: starts one more service of the solution, and returns when it is healthy.</summary>
    internal Task StartServiceAsync(string project, Uri address) => StartAsync(Lifted(project, address));

    /// <summary>What the page tells to add to the realm for the service that the template makes.</summary>
    private static void AddNextService(string file)
    {
        var realm = JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new InvalidDataException($"{file} holds no realm.");
        var (clients, scopes) = (realm.List("clients"), realm.List("clientScopes"));

        var client = Named(clients, "clientId", "stock").DeepClone().AsObject();
        client["clientId"] = "price-list";
        client["secret"] = "dev-only-price-list";
        clients.Add((JsonNode)client);

        var scope = Named(scopes, "name", "stock:read").DeepClone().AsObject();
        scope["name"] = "price-list:read";
        scope.List("protocolMappers").Objects().Single()["config"]?["included.client.audience"] = "price-list";
        scopes.Add((JsonNode)scope);

        Named(clients, "clientId", "orders").List("optionalClientScopes").Add("price-list:read");
        File.WriteAllText(file, realm.ToJsonString());

        static JsonObject Named(JsonArray items, string key, string name) => items.Objects().Single(item => item.Text(key) == name);
    }

    internal static string Local() => $"http://localhost:{FreePorts.NextPort()}";

    private ChildSpec Lifted(string project, Uri address) =>
        Child(project, Path.Combine(Commands.Solution, project, "bin", "Debug", "net10.0", $"{project}.dll"), address);

    private ChildSpec Child(string name, string assembly, Uri address) => new(name, [DotnetHost.Executable, assembly])
    {
        WorkingDirectory = Path.Combine(Commands.Solution, name) is var folder && Directory.Exists(folder) ? folder : Commands.Solution,
        // The ports are other ones than those that the sample's settings name, and so is the provider's.
        Environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = address.OriginalString,
            ["Identity__RealmFile"] = Path.Combine(Commands.Solution, "realm.json"),
            ["Identity__Authority"] = $"{_provider}/realms/lift",
            ["services__stock__http__0"] = Stock.OriginalString,
            ["Telemetry__PseudonymKey"] = "a-key-of-the-lifted-solution-alone",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        },
        Url = address,
        Health = new Uri(address, "/health"),
    };

    private async Task StartAsync(params ChildSpec[] children)
    {
        var supervisor = new Supervisor(children, _output, TimeProvider.System);
        _supervisors.Add(supervisor);
        supervisor.Start();
        try
        {
            await supervisor.WaitHealthyAsync(CancellationToken.None).WaitAsync(WaitTimeout);
        }
        catch (Exception failure) when (failure is TimeoutException or StartFailedException)
        {
            throw new InvalidOperationException($"Not healthy:\n{string.Join('\n', _output.Lines.TakeLast(60))}", failure);
        }
    }
}
