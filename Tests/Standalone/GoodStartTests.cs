using System.Text.RegularExpressions;
using TraceDemo.Standalone.Feed;
using TraceDemo.Standalone.Instance;
using TraceDemo.Tests.EndToEnd;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

/// <summary>What a person reads who starts the system and lets it run.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed partial class GoodStartTests(RunningSystem system)
{
    [Fact]
    public void A_successful_start_prints_no_warning() =>
        Assert.DoesNotContain(system.Host.OutputOfStart, line => Ours(line) && Complaint().IsMatch(line));

    [Fact]
    public void Every_service_logs_its_work() =>
        Assert.All(Service.Relying,
            service => Assert.Contains(system.Host.Output, line => line.StartsWith($"{service.Name}: info:", StringComparison.Ordinal)));

    [Fact]
    public void Services_of_the_restricted_profile_log_only_older_packages_that_they_use()
    {
        var notices = system.Host.Output.Where(line => line.Contains("Built with older packages", StringComparison.Ordinal)).ToList();

        Assert.Equal(new FeedProfile(Repository.Root).IsRestricted, notices.Exists(IsOfGateway));
        Assert.All(notices, line => Assert.Equal(IsOfGateway(line), line.Contains("Yarp.ReverseProxy", StringComparison.Ordinal)));

        static bool IsOfGateway(string line) => line.StartsWith($"{Service.Gateway.Name}: ", StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_are_stored_in_the_folder_of_the_system_so_a_crash_leaves_none_behind()
    {
        var folder = Path.Combine(new InstanceFolder(Repository.Root, Ports.From(system.Host.PortBase)).Location, "documents");
        Assert.Contains(system.Host.Output, line => line.EndsWith($"7 documents loaded from {folder}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_service_that_refuses_a_person_audits_it_in_its_file()
    {
        var refused = await system.DelegateAsync(await system.SignInAsync("alice"), "summarizer", "DOC-001");
        var folder = Path.Combine(new InstanceFolder(Repository.Root, Ports.From(system.Host.PortBase)).Location, "audit");

        foreach (var (service, action)
            in new[] { ("user-service", "delegation"), ("agent-service", "agent.access"), ("document-service", "document.read") })
        {
            // The entry waits for the disk, and not the answer.
            await Replica.UntilAsync(async () =>
            {
                await using var file = new FileStream(
                    Path.Combine(folder, $"{service}.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(file);
                var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
                return lines.Any(line => line.Contains($"\"action\":\"{action}\"", StringComparison.Ordinal)
                    && line.Contains("\"reason\":\"intersection_insufficient\"", StringComparison.Ordinal));
            });
        }

        Assert.Equal("intersection_insufficient", refused.Reason);
    }

    [Fact]
    public async Task A_log_message_names_an_agent_only_if_one_acts()
    {
        var alice = await system.SignInAsync("alice");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // Lines come through a pipe, so a line may be later than the answer.
        while (!Wrote("] alice may use DOC-001: department_match") || !Wrote("] alice with agent gpt4 may use DOC-001: delegation_match"))
        {
            limit.Token.ThrowIfCancellationRequested();
            (await system.ReadAsync(alice, "DOC-001")).IsGranted("department_match");
            (await system.DelegateAsync(alice, "gpt4", "DOC-001")).IsGranted("delegation_match");
        }

        Assert.False(Wrote("(null)"));
    }

    private bool Wrote(string text) => system.Host.Output.Any(line => Ours(line) && line.Contains(text, StringComparison.Ordinal));

    private static bool Ours(string line) => !line.StartsWith("keycloak: ", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z-]+: (?:warn|fail|crit): |Unhandled exception", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Complaint();
}
