using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

/// <summary>Services outside Development, as processes of their published output, with the settings that docs/deploy.md names.</summary>
public sealed class ProductionTests
{
    private const string Issuer = "https://id.example.org/realms/test";

    [Fact]
    public async Task Published_services_work_by_a_plain_back_channel_and_write_to_their_volume_only()
    {
        await using var provider = await TestProvider.StartAsync();
        provider.Issuer = Issuer;
        await using var system = await PublishedSystem.StartAsync(
            Plan(provider.Address), Service.Gateway, Service.UserService, Service.AgentService, Service.DocumentService);

        using var http = new HttpClient();
        var token = provider.Sign(TestToken.Person);
        using var me = await SendAsync(http, HttpMethod.Get, new Uri(system.Address(Service.Gateway), "/api/users/me"), token);
        Assert.Contains("alice", (await Answer.ReadAsync(me)).Text, StringComparison.Ordinal);
        using var read = await SendAsync(
            http, HttpMethod.Post, new Uri(system.Address(Service.Gateway), "/api/access-direct"), token,
            JsonContent.Create(new { documentId = "DOC-001" }));
        (await Answer.ReadAsync(read)).IsGranted("department_match");

        Assert.Empty(system.Changes());
        Assert.Empty(Directory.EnumerateFileSystemEntries(system.Temporary));
        // Nobody waits for an entry to be written.
        var audit = Path.Combine(system.Volume, "document-service.audit.jsonl");
        await Replica.UntilAsync(async () => (await File.ReadAllTextAsync(audit)).Contains("DOC-001", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Identity__ClientSecret", "dev-only-gateway", "Identity__ClientSecret is one from the public realm file")]
    [InlineData("Identity__Authority", "http://id.example.org/realms/test", "Identity__Authority must be https outside Development")]
    [InlineData("Telemetry__PseudonymKey", "", "Telemetry__PseudonymKey is missing")]
    [InlineData("Telemetry__PseudonymKey", "dev-only-pseudonym-key-of-tracedemo", "Telemetry__PseudonymKey is the development key")]
    public async Task A_development_setting_ends_a_production_process_with_one_sentence(string setting, string value, string sentence)
    {
        var start = new ProcessStartInfo(DotnetHost.Executable, [Service.Gateway.Assembly(Repository.Root, "Debug")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Service.Gateway.Folder(Repository.Root),
        };
        foreach (var (name, usual) in ServiceEnvironment.Of(Service.Gateway, Plan("http://127.0.0.1:1")))
        {
            start.Environment[name] = usual;
        }

        start.Environment[setting] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains(sentence, await output + await error, StringComparison.Ordinal);
    }

    private static SystemPlan Plan(string backchannel) => new(Repository.Root, FreePorts.Next(), new Secrets())
    {
        Extra = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Identity__Authority"] = Issuer,
            ["Identity__BackchannelAddress"] = backchannel,
        },
    };

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpMethod method, Uri url, string token, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
