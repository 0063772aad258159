using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

/// <summary>One file more in <c>agents/</c>, and nothing else, is one agent more in every process.</summary>
public sealed class AddedAgentTests
{
    private const string Fifth = """
        {
          "name": "Fifth", "description": "One more.", "kind": "model", "enabled": true, "clientId": "agent-fifth",
          "capabilities": ["engineering", "finance"], "clearance": "high", "allowedGroups": ["finance"]
        }
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_document_is_read_through_a_fifth_agent_that_only_a_file_describes()
    {
        using var copy = Copy();
        var ports = FreePorts.Next();
        var held = new InstanceFolder(copy.Root, ports).TryLock() ?? throw new InvalidOperationException("The free ports are taken.");
        await using var system = SystemInstance.Start(Plan(copy, ports), held, new CollectedOutput());
        await system.Supervisor.WaitHealthyAsync(TestContext.Current.CancellationToken).WaitAsync(
            Timeout, TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        // alice is in finance, whose people may use it, and in engineering; carol is in neither.
        var granted = await DelegateAsync(http, system.Plan, "alice");
        var refused = await DelegateAsync(http, system.Plan, "carol");

        Assert.Equal(200, granted.Status);
        Assert.Equal(("delegation_match", "fifth", "DOC-005"), (granted.Body.GetProperty("reason").GetString(),
            granted.Body.GetProperty("decision").GetProperty("agent").GetString(),
            granted.Body.GetProperty("document").GetProperty("id").GetString()));
        refused.IsRefused(403, "agent_not_allowed");
    }

    /// <summary>The agents that ship and one more, beside the services as they are built.</summary>
    private static WorkingCopy Copy()
    {
        var shipped = Directory.EnumerateFiles(Path.Combine(Repository.Root, "agents"), "*.json");
        var copy = new WorkingCopy([
            .. shipped.Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))), ("fifth", Fifth)]);
        copy.SetDepartments(File.ReadAllText(Path.Combine(Repository.Root, "realms", "departments.json")));
        foreach (var service in (Service[])[Service.Identity, .. Service.Relying])
        {
            Directory.CreateSymbolicLink(service.Folder(copy.Root), service.Folder(Repository.Root));
        }

        return copy;
    }

    /// <summary>A build would put the files of the copy beside the programs; here the settings name them.</summary>
    private static SystemPlan Plan(WorkingCopy copy, Ports ports)
    {
        var import = Path.Combine(copy.Root, "import");
        DevelopmentRealm.Write(copy.Root, import);
        return new SystemPlan(copy.Root, ports, new Secrets())
        {
            Extra = new Dictionary<string, string>
            {
                ["Identity__RealmFile"] = Path.Combine(import, DevelopmentRealm.FileName),
                ["Registry__Folder"] = copy.Agents,
                ["Policy__Agents"] = copy.Agents,
                ["Policy__Departments"] = copy.Departments,
            },
        };
    }

    private static async Task<Answer> DelegateAsync(HttpClient http, SystemPlan plan, string person)
    {
        var token = await SignInAsync(http, plan, person);
        using var limit = new CancellationTokenSource(Timeout);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Service.Gateway.Url(plan.Ports)}/api/access-delegated")
            {
                Content = JsonContent.Create(new { agentId = "fifth", documentId = "DOC-005", action = "read" }),
            };
            request.Headers.Authorization = new("Bearer", token);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            // The registry's first refresh gates no health.
            if (await Answer.ReadAsync(response) is { Status: not 503 } answer)
            {
                return answer;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<string> SignInAsync(HttpClient http, SystemPlan plan, string person)
    {
        using var form = new FormUrlEncodedContent([
            new("grant_type", "password"), new("client_id", "tracedemo-cli"), new("scope", "openid"),
            new("username", person), new("password", person)]);
        using var response = await http.PostAsync(
            $"{plan.Authority}/protocol/openid-connect/token", form, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return answer.GetProperty("access_token").GetString()!;
    }
}
