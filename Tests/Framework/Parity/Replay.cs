using System.Text.Json.Nodes;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>The whole recording, run once against one provider; each line is then judged by a test of its own.</summary>
internal sealed class Replay
{
    private readonly Dictionary<int, JsonObject> _observed = [];
    private readonly IdentityUnderTest _identity;

    private Replay(IdentityUnderTest identity) => _identity = identity;

    /// <summary>The first part only: requests that need no browser and no time.</summary>
    public static async Task<Replay> RunTokensAsync(IdentityUnderTest identity)
    {
        var replay = new Replay(identity);
        using var requests = new TokenConversation(identity);
        foreach (var recorded in RecordedCase.All.Where(recorded => recorded.Request is not null))
        {
            replay._observed[recorded.Line] = await requests.ReplayAsync(recorded);
        }
        return replay;
    }

    public static async Task<Replay> RunAsync(IdentityUnderTest identity)
    {
        var replay = await RunTokensAsync(identity);
        // Keycloak locks a person out for a minute after two wrong passwords within one second, and each conversation has one.
        await identity.WaitAsync(TimeSpan.FromSeconds(2));
        using var browser = new BrowserConversation(identity);
        replay.Add(await browser.RunAsync());
        using var device = new DeviceConversation(identity);
        replay.Add(await device.RunAsync());
        return replay;
    }

    /// <summary>Fails where the provider's answer differs from the recorded one; skips what cannot be asked of this provider.</summary>
    public void Judge(RecordedCase recorded)
    {
        if (!_observed.TryGetValue(recorded.Line, out var observed))
        {
            Assert.SkipWhen(!_identity.CanWaitMinutes,
                "Needs five minutes, and Keycloak's clock cannot be moved; DevIdentityParityTests runs without an environment variable.");
            Assert.Fail($"'{recorded.Name}' was not replayed.");
        }

        var expected = Normal.Form(Expected(recorded), _identity.Authority)!;
        var actual = Normal.Form(Compared(recorded.Name, observed), _identity.Authority)!;
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    private void Add(IReadOnlyDictionary<string, JsonObject> observed)
    {
        foreach (var (name, answer) in observed)
        {
            _observed[RecordedCase.All.Single(recorded => recorded.Name == name && recorded.Request is null).Line] = answer;
        }
    }

    private static JsonObject Expected(RecordedCase recorded)
    {
        var expected = Compared(recorded.Name, recorded.Expected);
        expected.Remove("case");
        expected.Remove("request");
        return recorded.Name switch
        {
            "login page" => new JsonObject
            {
                ["controls"] = Html.Controls(
                    string.Concat(expected["form"]!.AsArray().Concat(expected["inputs"]!.AsArray()).Select(tag => (string)tag!))),
            },
            "logout without hint" or "device signed in" => WithFormShape(expected),
            _ => expected,
        };
    }

    private static JsonObject Compared(string name, JsonObject answer)
    {
        var compared = answer.DeepClone().AsObject();
        foreach (var member in compared.Select(member => member.Key)
            .Where(member => RecordedCase.NotCompared.ContainsKey((name, member))).ToArray())
        {
            compared.Remove(member);
        }
        return compared;
    }

    private static JsonObject WithFormShape(JsonObject expected)
    {
        expected["form"] = Html.Shape(Browser.FormAction((string)expected["form"]![0]!), "http://localhost:8080");
        return expected;
    }
}
