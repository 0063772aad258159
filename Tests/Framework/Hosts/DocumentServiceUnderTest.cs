using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.Contracts.Registry;
using TraceDemo.DocumentService.Access;
using TraceDemo.DocumentService.Changes;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Evaluation;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.Tests.Framework.Documents;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>document-service on real HTTP, with a provider that signs, a registry that answers and the Txn-Token service's keys.</summary>
public sealed class DocumentServiceUnderTest : IAsyncLifetime
{
    private readonly HashSet<string> _disabled = new(StringComparer.Ordinal);
    private TestProvider _provider = null!;
    private WebApplication _peers = null!;
    private TestService _service = null!;

    internal ManualTime Time { get; } = new();

    internal TransactionTokenIssuer Grants { get; private set; } = null!;

    internal bool RegistryAnswers { get; set; } = true;

    internal DocumentStore Documents => _service.Services.GetRequiredService<DocumentStore>();

    /// <summary>Named before the start: a file for the audit.</summary>
    internal string? AuditFile { get; init; }

    internal AuditTrail Trail => _service.Services.GetRequiredService<AuditTrail>();

    internal IReadOnlyList<AuditEntry> Audit => Trail.Latest;

    /// <summary>From the audit entry of a response: the rule that denied, and the departments that the document requires.</summary>
    internal (string Rule, string Required) Recorded(Answer answer)
    {
        var decision = (Decision)Audit.Single(entry => entry.TraceId == answer.TraceId).Decision!;
        return (decision.Rule, string.Join(' ', decision.Required));
    }

    /// <summary>From the audit entry of a response: the action and its outcome.</summary>
    internal (string Action, AuditOutcome Outcome, string? Reason) Outcome(Answer answer)
    {
        var entry = Audit.Single(entry => entry.TraceId == answer.TraceId);
        return (entry.Action, entry.Outcome, entry.Reason?.Value);
    }

    public async ValueTask InitializeAsync()
    {
        Grants = new TransactionTokenIssuer(DelegationContext.Domain, Time);
        _provider = await TestProvider.StartAsync(Time);
        _peers = await StartPeersAsync();
        _service = await TestService.StartAsync(
            _provider, "document-service", Map, Add, Time, before: builder => builder.Configuration["Audit:File"] = AuditFile);
        await RefreshRegistryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _peers.DisposeAsync();
        await _provider.DisposeAsync();
        Grants.Dispose();
    }

    internal Task DisableAsync(string agent)
    {
        _disabled.Add(agent);
        return RefreshRegistryAsync();
    }

    internal Task EnableAsync(string agent)
    {
        _disabled.Remove(agent);
        return RefreshRegistryAsync();
    }

    /// <summary>The grant that user-service would have issued for this delegation.</summary>
    internal string Grant(TestToken token, string document, string agent, string action = "read") => Grants.Issue(new TransactionClaims(
        token.Subject!, token.SessionId!, new ClientId(token.Client!),
        new DelegationContext(AgentId.Parse(agent, null), DocumentId.Parse(document, null), action)));

    internal Task<Answer> DirectAsync(string person, string document) =>
        SendAsync(HttpMethod.Post, "/access", Tokens.Direct(person), new { documentId = document });

    internal Task<Answer> DelegatedAsync(string person, string agent, string document, string action = "read")
    {
        var token = Tokens.Delegated(person, agent);
        return SendAsync(HttpMethod.Post, "/access", token, new { documentId = document, action },
            (TransactionToken.Header, Grant(token, document, agent, action)));
    }

    internal Task<Answer> SendAsync(
        HttpMethod method, string path, TestToken? token, object? body = null, params (string Name, string Value)[] headers) =>
        _service.SendAsync(method, path, _provider.Sign(token), body, headers);

    private static void Map(WebApplication app)
    {
        app.MapAccess();
        app.MapDocuments();
        app.MapChanges();
        app.MapEvaluation();
    }

    private void Add(WebApplicationBuilder builder)
    {
        builder.Configuration["services:user-service:http:0"] = _peers.Urls.Single();
        builder.Configuration["services:agent-service:http:0"] = _peers.Urls.Single();
        builder.AddPolicy();
        builder.AddDocuments(services => services.GetRequiredService<PolicyData>().Departments);
        builder.AddAccess();
        builder.AddChanges();
        builder.AddEvaluation();
    }

    private Task RefreshRegistryAsync() =>
        _service.Services.GetServices<IHostedService>().OfType<RegistryRefresh>().Single()
            .RefreshAsync(TestContext.Current.CancellationToken);

    private async Task<WebApplication> StartPeersAsync()
    {
        var peers = LocalServer.Create();
        peers.MapGet("/.well-known/jwks.json", () => new TransactionKeySet([Grants.PublicKey]));
        peers.MapGet("/agents", () => RegistryAnswers
            ? Results.Json(Facts.Data.Agents.Select(
                agent => new { id = agent.Id.Value, name = agent.Id.Value, enabled = !_disabled.Contains(agent.Id.Value) }))
            : Results.StatusCode(StatusCodes.Status500InternalServerError));
        await peers.StartAsync(TestContext.Current.CancellationToken);
        return peers;
    }
}
