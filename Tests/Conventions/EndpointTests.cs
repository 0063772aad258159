using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Conventions;

/// <summary>Who may call what, as the running services have it, is what docs/security.md says and what the realm knows.</summary>
public sealed class EndpointTests
{
    private static readonly string[] AllServices = ["Gateway", "UserService", "AgentService", "DocumentService"];

    [Theory]
    [InlineData("Gateway", "/alive", "/health", "/openapi/v1.json", "/signout-backchannel")]
    [InlineData("UserService", "/.well-known/jwks.json", "/alive", "/health", "/openapi/v1.json")]
    [InlineData("AgentService", "/alive", "/health", "/openapi/v1.json")]
    [InlineData("DocumentService", "/alive", "/health", "/openapi/v1.json")]
    public async Task Only_these_endpoints_allow_anonymous_access_and_every_other_declares_its_callers(string project, params string[] open)
    {
        await using var program = await StartedProgram.StartAsync(project, TestContext.Current.CancellationToken);
        var endpoints = await program.EndpointsAsync();
        Assert.Equal(open, endpoints.Where(IsOpen).Select(Pattern).Order());
        Assert.All(endpoints.Where(endpoint => !IsOpen(endpoint)),
            endpoint => Assert.NotEmpty(endpoint.Metadata.GetRequiredMetadata<CallerRules>().Any));
    }

    [Fact]
    public async Task Only_these_dashboard_pages_allow_anonymous_access()
    {
        await using var program = await StartedProgram.StartAsync("Dashboard", TestContext.Current.CancellationToken);
        var open = (await program.EndpointsAsync()).Where(IsOpen).Select(Pattern).Distinct().Order().ToList();
        Assert.Equal(["/alive", "/assets/{name}", "/health", "/sign-in-failed", "/signed-out", "/signout-backchannel"], open);
    }

    [Fact]
    public async Task The_documented_table_of_callers_matches_what_services_enforce()
    {
        var enforced = new HashSet<string>();
        foreach (var project in AllServices)
        {
            await using var program = await StartedProgram.StartAsync(project, TestContext.Current.CancellationToken);
            enforced.UnionWith(
                (await program.EndpointsAsync()).Where(endpoint => !IsOpen(endpoint)).SelectMany(endpoint => Rows(project, endpoint)));
        }

        var documented = SourceFiles.Named("docs/security.md").Lines.Where(
            line => AllServices.Any(project => line.StartsWith($"| {project} |", StringComparison.Ordinal))).ToHashSet();
        Findings.None(enforced.Except(documented).Select(row => $"not in docs/security.md: {row}"));
        Findings.None(documented.Except(enforced).Select(row => $"only in docs/security.md: {row}"));
    }

    [Fact]
    public async Task Every_client_that_an_endpoint_accepts_is_in_the_realm()
    {
        var known = DevelopmentRealm.Load(Repository.Root)["clients"]!.AsArray().Select(client => (string?)client!["clientId"]).ToHashSet();
        foreach (var project in AllServices)
        {
            await using var program = await StartedProgram.StartAsync(project, TestContext.Current.CancellationToken);
            var named = (await program.EndpointsAsync()).SelectMany(endpoint => endpoint.Metadata.GetMetadata<CallerRules>()?.Any ?? [])
                .SelectMany(rule => rule.Clients);
            Findings.None(named.Where(client => !known.Contains(client)).Select(client => $"{project}: {client}"));
        }
    }

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<string> Rows(string project, RouteEndpoint endpoint)
    {
        var callers = string.Join("; ", endpoint.Metadata.GetRequiredMetadata<CallerRules>().Any.Select(Describe));
        return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]).Order()
            .Select(method => $"| {project} | `{method} {Pattern(endpoint).Replace("|", "\\|", StringComparison.Ordinal)}` | {callers} |");
    }

    private static string Describe(CallerRule rule)
    {
        var clients = string.Join(", ", rule.Clients.Select(client => $"`{client}`"));
        var who = rule switch
        { { Clients.Count: 0 } => "the policy decides", { Person: true } => $"a person through {clients}",
            _ => $"without a person {clients}"
        };
        return who + (rule.Scope is null ? "" : $", scope `{rule.Scope}`") + (rule.Group is null ? "" : $", group `{rule.Group}`");
    }
}
