using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Tests.Access;

/// <summary>Each test has a service of its own, because it changes the registry or the time.</summary>
public sealed class RegistryStateTests : IAsyncLifetime
{
    private readonly DocumentServiceUnderTest _service = new();

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Disabled_agent_is_denied_until_it_is_enabled_again_and_others_are_unaffected()
    {
        await _service.DisableAsync("gpt4");

        Assert.Equal("agent_disabled", (await _service.DelegatedAsync("alice", "gpt4", "DOC-005")).Reason);
        Assert.Equal("delegation_match", (await _service.DelegatedAsync("alice", "claude", "DOC-005")).Reason);
        await _service.EnableAsync("gpt4");
        Assert.Equal("delegation_match", (await _service.DelegatedAsync("alice", "gpt4", "DOC-005")).Reason);
    }

    [Fact]
    public async Task Disabled_agent_learns_nothing_about_a_document_from_access_or_what_if()
    {
        await _service.DisableAsync("gpt4");

        var (real, made) = (await _service.DelegatedAsync("alice", "gpt4", "DOC-003"),
            await _service.DelegatedAsync("alice", "gpt4", "DOC-303"));
        Assert.Equal((403, "agent_disabled"), (real.Status, real.Reason));
        Assert.Equal(real.Text.Replace(real.TraceId, ""), made.Text.Replace(made.TraceId, ""));

        var (realWhatIf, madeWhatIf) = (await WhatIfAsync("gpt4", "DOC-003"), await WhatIfAsync("gpt4", "DOC-303"));
        Assert.Equal((200, "agent_disabled"), (realWhatIf.Status, realWhatIf.Decision.GetProperty("reason").GetString()));
        Assert.Equal(["identity", "scope", "agent-known", "agent-allowed", "grant"],
            realWhatIf.Decision.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("rule").GetString()));
        Assert.Equal(realWhatIf.Text.Replace("DOC-003", ""), madeWhatIf.Text.Replace("DOC-303", ""));
        Assert.Equal((404, "document_not_found"),
            ((await WhatIfAsync("claude", "DOC-303")).Status, (await WhatIfAsync("claude", "DOC-303")).Reason));
    }

    [Fact]
    public async Task Registry_silent_for_five_seconds_denies_agents_but_not_people()
    {
        _service.RegistryAnswers = false;
        _service.Time.Advance(TimeSpan.FromSeconds(6));

        var delegated = await _service.DelegatedAsync("alice", "gpt4", "DOC-005");

        Assert.Equal((503, "registry_unavailable"), (delegated.Status, delegated.Reason));
        Assert.NotNull(delegated.Headers.RetryAfter);
        Assert.False(delegated.Body.GetProperty("granted").GetBoolean());
        Assert.Equal("department_match", (await _service.DirectAsync("alice", "DOC-005")).Reason);
    }

    [Fact]
    public async Task Expired_grant_is_refused()
    {
        var token = Tokens.Delegated("alice", "gpt4");
        var grant = _service.Grant(token, "DOC-005", "gpt4");
        _service.Time.Advance(TimeSpan.FromSeconds(66));
        // A renewed token of the agent is of no use without a grant, and neither is a fresh registry.
        await _service.EnableAsync("gpt4");

        var answer = await _service.SendAsync(
            HttpMethod.Post, "/access", token, new { documentId = "DOC-005" }, (TransactionToken.Header, grant));

        Assert.Equal("delegation_not_granted", answer.Reason);
        Assert.Contains("expired", answer.Body.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    private Task<Answer> WhatIfAsync(string agent, string document) =>
        _service.SendAsync(HttpMethod.Post, "/policy/evaluate", Tokens.Gateway("alice"), new { agentId = agent, documentId = document });
}
