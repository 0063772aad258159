using System.Text;
using TraceDemo.Tests.Framework.Processes;
using TraceDemo.Tests.Framework.Telemetry;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>Drives every scenario and then searches everything that left the processes: spans, logs, metrics, console, responses.</summary>
public abstract class SecrecyScenarios(SystemUnderTest system)
{
    [Fact]
    public async Task No_token_secret_password_or_document_text_leaks_through_telemetry_console_or_errors()
    {
        var tokens = new List<string>();
        foreach (var person in (string[])["alice", "bob", "carol", "david"])
        {
            var token = await system.SignInAsync(person);
            tokens.Add(token);
            await system.ReadAsync(token, "DOC-001");
            foreach (var agent in (string[])["gpt4", "claude", "summarizer", "reviewer"])
            {
                await system.DelegateAsync(token, agent, "DOC-005");
            }
        }

        var t1 = await system.ExchangeAsync("gateway", tokens[0], ["user-service"]);
        tokens.Add(t1);
        var denied = new[]
        {
            await system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/api/users/me?access_token=" + t1), t1),
            await system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/api/users/me"), "a.b.c"),
            await system.DelegateAsync(tokens[0], "summarizer", "DOC-001"),
            await system.AskAsync(HttpMethod.Post, new Uri(system.DocumentService, "/access"),
                await system.SignInAsClientAsync("agent-gpt4", "documents:read"), new { documentId = "DOC-007" }),
        };
        var last = await system.ReadAsync(tokens[0], "DOC-002");
        var text = last.IsGranted("department_match").Body.GetProperty("document").GetProperty("content").GetString()!;
        await system.Telemetry.Wait(collected =>
            collected.Spans.FirstOrDefault(span => span.TraceId == last.TraceId && span.Name == "POST /api/access-direct"),
            TestContext.Current.CancellationToken);
        await system.Telemetry.Wait(collected => collected.Deliveries.FirstOrDefault(delivery => delivery.Path == "/v1/metrics"),
            TestContext.Current.CancellationToken);

        string[] secrets = [.. tokens, .. Clients.Select(system.Host.ClientSecret), text.Split('\n').MaxBy(line => line.Length)!];
        Assert.NotEmpty(system.Telemetry.Logs);
        Assert.Empty(system.Telemetry.Deliveries.SelectMany(delivery => Leaks.In(delivery, secrets)));
        Assert.Empty(system.Host.Output.SelectMany(line => Leaks.In(line, secrets)));
        Assert.Empty(denied.SelectMany(answer => Leaks.In(answer.Text + answer.Challenge, secrets)));
    }

    [Fact]
    public async Task No_metric_names_a_person()
    {
        await system.DelegateAsync(await system.SignInAsync("carol"), "claude", "DOC-004");
        var metrics = await system.Telemetry.Wait(
            collected =>
                collected.Deliveries.FirstOrDefault(
                    delivery => delivery.Path == "/v1/metrics"
                        && Encoding.Latin1.GetString(delivery.Body).Contains("tracedemo.decisions", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);

        Assert.DoesNotContain("carol", Encoding.Latin1.GetString(metrics.Body), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Clients =>
        ["gateway", "user-service", "agent-service", "document-service", "dashboard", "agent-gpt4", "agent-claude",
            "agent-summarizer", "agent-reviewer"];
}
