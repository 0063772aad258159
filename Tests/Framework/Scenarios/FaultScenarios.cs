using TraceDemo.Tests.Framework.Processes;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>Parts that are down and come back. Each test leaves the system whole.</summary>
public abstract class FaultScenarios(SystemUnderTest system)
{
    [Theory]
    [InlineData("user-service")]
    [InlineData("agent-service")]
    [InlineData("document-service")]
    public async Task An_unavailable_service_is_reported_and_used_again_after_recovery(string service)
    {
        var token = await system.SignInAsync("alice");
        (await system.DelegateAsync(token, "gpt4", "DOC-005")).IsGranted("delegation_match");
        await system.Host.StopAsync(service);
        try
        {
            var answer = await system.DelegateAsync(token, "gpt4", "DOC-005");
            // Where a proxy stands in front of a service, it goes on listening for one that is stopped.
            (int, string?)[] told = [(502, "upstream_unavailable"), (503, "registry_unavailable"),
                .. system.Host.HasProxies ? [(504, "upstream_timeout")] : Array.Empty<(int, string?)>()];
            Assert.Contains((answer.Status, answer.Reason), told);
        }
        finally
        {
            await system.Host.StartAgainAsync(service);
        }

        await system.UntilGrantedAsync(token);
    }

    [Fact]
    public async Task While_the_provider_is_down_cached_tokens_keep_working_and_new_exchanges_fail_with_the_reason()
    {
        Assert.SkipWhen(system.Host.IsKeycloak,
            "Restarting a Keycloak takes half a minute: unset the environment variable TRACEDEMO_PROVIDER to run this test on "
            + "DevIdentity.");
        var (alice, bob) = (await system.SignInAsync("alice"), await system.SignInAsync("bob"));
        (await system.ReadAsync(alice, "DOC-001")).IsGranted("department_match");
        await system.Host.StopAsync(system.Host.ProviderName);
        try
        {
            (await system.ReadAsync(alice, "DOC-001")).IsGranted("department_match");
            (await system.ReadAsync(bob, "DOC-002")).IsRefused(503, "identity_provider_unavailable");
        }
        finally
        {
            await system.Host.StartAgainAsync(system.Host.ProviderName);
        }
    }

    [Fact]
    public async Task Signing_out_ends_tokens_that_the_gateway_has_cached()
    {
        var (token, refresh) = await system.SignInToSessionAsync("david");
        (await system.ReadAsync(token, "DOC-001")).IsGranted("department_match");
        await system.SignOutAsync(refresh);

        // The provider tells the gateway on its own time; every attempt is a real request.
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((await system.ReadAsync(token, "DOC-001")).Reason != "token_revoked")
        {
            timeout.Token.ThrowIfCancellationRequested();
        }
    }
}
