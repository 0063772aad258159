using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.Tests.DevIdentity;

public sealed class ActorTests
{
    [Fact]
    public async Task Each_hop_is_prepended_to_the_earlier_actors()
    {
        await using var host = await DevIdentityHost.StartAsync();
        var t0 = await host.Client.PersonTokenAsync("alice");
        var (_, _, t3) = await host.Client.DelegateAsync(t0, "agent-gpt4");
        Assert.Null(ProviderClient.Claims(t0)["act"]);
        Assert.Equal(["agent-gpt4", "user-service", "gateway"], Actors(ProviderClient.Claims(t3)["act"]));
        Assert.Equal("agent-gpt4", (string?)ProviderClient.Claims(t3)["azp"]);
    }

    [Fact]
    public async Task A_client_that_renews_its_own_token_is_named_once()
    {
        await using var host = await DevIdentityHost.StartAsync();
        var t1 = (await host.Client.ExchangeAsync(
            "gateway", await host.Client.PersonTokenAsync("alice"), null, "user-service")).AccessToken;
        var again = await host.Client.ExchangeAsync("gateway", t1, null, "user-service");
        Assert.Equal(["gateway"], Actors(ProviderClient.Claims(again.AccessToken)["act"]));
    }

    [Fact]
    public async Task The_claim_can_be_switched_off()
    {
        await using var host = await DevIdentityHost.StartAsync(
            new DevIdentitySettings { Configuration = new Dictionary<string, string?> { ["DevIdentity:Act"] = "false" } });
        var (t1, t2, t3) = await host.Client.DelegateAsync(await host.Client.PersonTokenAsync("alice"), "agent-gpt4");
        Assert.All([t1, t2, t3], token => Assert.Null(ProviderClient.Claims(token)["act"]));
    }

    [Fact]
    public void The_chain_holds_the_newest_eight_newest_first() => Prop.ForAll(
        Gen.ListOf(Gen.Choose(0, 3)).ToArbitrary(),
        numbers =>
        {
            JsonElement? act = null;
            var expected = new List<string>();
            foreach (var actor in numbers.Select(number => $"agent-{number}"))
            {
                act = JsonSerializer.SerializeToElement(ActorChain.Extend(actor, act));
                if (expected.FirstOrDefault() != actor)
                {
                    expected.Insert(0, actor);
                }
            }

            return act is null || Actors(JsonObject.Create(act.Value)).SequenceEqual(expected.Take(ActorChain.MaxDepth));
        }).Check(Config.QuickThrowOnFailure);

    private static IEnumerable<string> Actors(JsonNode? act)
    {
        for (; act is not null; act = act["act"])
        {
            yield return (string)act["sub"]!;
        }
    }
}
