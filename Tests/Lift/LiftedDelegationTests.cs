namespace TraceDemo.Tests.Lift;

/// <summary>What docs/lift.md promises, on a solution that knows nothing of this one but the package.</summary>
[Collection(typeof(OnLiftedSolution))]
public sealed class LiftedDelegationTests(LiftedSolution solution)
{
    private Uri Anvil => new(solution.Orders, "/orders/anvil");

    [Fact]
    public async Task Both_services_refuse_requests_without_a_token()
    {
        foreach (var address in (Uri[])[Anvil, new(solution.Stock, "/stock/anvil")])
        {
            (await solution.Http.AskAsync(HttpMethod.Get, address, token: null)).IsRefused(401, "token_missing");
        }
    }

    [Fact]
    public async Task A_token_for_orders_is_refused_by_stock() =>
        (await solution.Http.AskAsync(HttpMethod.Get, new(solution.Stock, "/stock/anvil"), await solution.SignInAsync()))
            .IsRefused(401, "audience_invalid");

    [Fact]
    public async Task A_scope_not_granted_by_the_realm_is_refused_by_the_provider()
    {
        var answer = (await solution.Http.AskAsync(HttpMethod.Post, Anvil, await solution.SignInAsync()))
            .IsRefused(502, "exchange_refused");

        Assert.Equal("invalid_scope", answer.Body.GetProperty("error").GetString());
        var spans = await solution.Telemetry.Wait(
            collected => collected.Spans.Where(span => span.TraceId == answer.TraceId).ToList() is { } all
                && all.Exists(span => span is { Service: "Orders", Kind: 2 }) ? all : null,
            TestContext.Current.CancellationToken);
        Assert.Equal("invalid_scope", Assert.Single(spans, span => span.Name == "token_exchange").Attributes["oauth.error"]);
        Assert.DoesNotContain(spans, span => span.Service == "Stock");
    }

    [Fact]
    public async Task An_audience_not_granted_by_the_realm_is_refused_by_the_provider()
    {
        var answer = await solution.Provider.ExchangeAsync("orders", await solution.SignInAsync(), scope: null, "stock");

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task The_token_at_stock_has_only_its_audience_and_names_orders_as_the_actor_for_the_person()
    {
        var before = await solution.SignInAsync();
        var answer = await solution.Http.AskAsync(HttpMethod.Get, Anvil, before);

        Assert.Equal(200, answer.Status);
        Assert.Equal(("anvil", 3), (answer.Body.GetProperty("item").GetString(), answer.Body.GetProperty("pieces").GetInt32()));
        var token = answer.Body.GetProperty("token");
        Assert.Equal(["stock"], Answer.Words(token.GetProperty("aud")));
        Assert.Equal("orders", token.GetProperty("azp").GetString());
        Assert.Contains("stock:read", Answer.Words(token.GetProperty("scope")));
        Assert.Equal((string?)ProviderClient.Claims(before)["sub"], token.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task A_refusal_of_stock_reaches_the_caller_with_its_reason() =>
        (await solution.Http.AskAsync(HttpMethod.Get, new(solution.Orders, "/orders/unicorn"), await solution.SignInAsync()))
            .IsRefused(404, "not_found");

    [Fact]
    public async Task One_trace_shows_validation_exchange_and_the_next_hop()
    {
        var token = await solution.SignInAsync();
        await solution.Http.AskAsync(HttpMethod.Get, Anvil, token);

        // The second time the exchange comes from the cache, so that no span of the provider is in the way.
        var answer = await solution.Http.AskAsync(HttpMethod.Get, Anvil, token);
        string[] expected =
        [
            "Orders GET /orders/{item}",
            "  jwt_validation",
            "  token_exchange",
            "  GET",
            "    Stock GET /stock/{item}",
            "      jwt_validation",
        ];
        var spans = await solution.Telemetry.Trace(answer.TraceId, expected.Length, TestContext.Current.CancellationToken);
        Assert.Equal(expected, SpanTree.Lines(spans));
        var exchange = Assert.Single(spans, span => span.Name == "token_exchange").Attributes;
        Assert.Equal(("orders", "stock"), (exchange["token.aud.before"], exchange["token.aud.after"]));
        Assert.Equal(("shop", "orders"), (exchange["token.azp.before"], exchange["token.azp.after"]));
    }
}
