using System.Text.Json;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Standalone.Demo;

/// <summary>Runs the four scenarios on a running system and prints their outcomes.</summary>
internal sealed class DemoRun(InstanceState system, TextWriter output)
{
    /// <summary>True if all of them had the expected outcome.</summary>
    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var client = new DemoClient(http, system);
        var unexpected = 0;
        foreach (var (number, scenario) in Scenario.All.Index())
        {
            await output.WriteLineAsync($"\n{number + 1}. {scenario.Title}");
            if (!await PlayAsync(scenario, client, cancellationToken))
            {
                unexpected++;
            }
        }

        await output.WriteLineAsync(
            unexpected == 0 ? "\nAll four scenarios behaved as expected." : $"\n{unexpected} of four scenarios failed.");
        return unexpected == 0;
    }

    private async Task<bool> PlayAsync(Scenario scenario, DemoClient client, CancellationToken cancellationToken)
    {
        try
        {
            var response = await scenario.Play(client, system, cancellationToken);
            var missing = response.Missing.Count > 0 ? $"; missing: {string.Join(", ", response.Missing)}" : "";
            await output.WriteLineAsync($"   {(response.Granted ? "allowed" : "denied")} ({response.Status}): {response.Reason}{missing}");
            await output.WriteLineAsync($"   {system.Dashboard}/traces/{response.TraceId}");
            await output.WriteLineAsync($"   visible to: {DemoPeople.OfRepository.WhoMayOpen(scenario.Person)}");
            if (scenario.IsAsExpected(response))
            {
                return true;
            }

            await output.WriteLineAsync($"   UNEXPECTED: expected {(scenario.Granted ? "allowed" : "denied")}, {scenario.Reason}");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            await output.WriteLineAsync($"   UNEXPECTED: {failure.Message}");
        }

        return false;
    }
}
