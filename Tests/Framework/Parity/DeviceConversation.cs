using System.Text.Json.Nodes;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>The device flow of the recording, and what needs time to pass.</summary>
internal sealed class DeviceConversation(IdentityUnderTest identity) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(6);

    private readonly ProviderClient _client = new(identity.Authority);
    private readonly Browser _browser = new(identity.Authority);
    private readonly Dictionary<string, JsonObject> _observed = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, JsonObject>> RunAsync()
    {
        var start = await _client.PostAsync("/auth/device", client: null,
            [("client_id", "tracedemo-cli"), ("scope", "openid"), ("code_challenge", Browser.Challenge),
                ("code_challenge_method", "S256")]);
        _observed["device start"] = new JsonObject { ["status"] = start.Status, ["body"] = start.Body!.DeepClone() };
        var deviceCode = (string)start.Body!["device_code"]!;
        await PollAsync("device pending", deviceCode);
        await PollAsync("device at once again", deviceCode);
        await SignInAsync((string)start.Body["verification_uri_complete"]!);
        await identity.WaitAsync(Interval);
        await PollAsync("device token", deviceCode);
        if (identity.CanWaitMinutes)
        {
            await ExpireAsync();
        }
        return _observed;
    }

    public void Dispose()
    {
        _client.Dispose();
        _browser.Dispose();
    }

    private async Task SignInAsync(string url)
    {
        var page = Observe("device page", await _browser.FollowAsync(await _browser.GetAsync(url)));
        var consent = Observe("device signed in", await _browser.FollowAsync(await _browser.LogInAsync(page, "alice")));
        var action = Browser.FormAction(consent.Text);
        _observed["device signed in"]["form"] = Html.Shape(action, identity.Authority);
        Observe("device granted", await _browser.FollowAsync(
            await _browser.PostAsync(action, ("code", Browser.Hidden(consent.Text, "code")), ("accept", "Yes"))));
    }

    /// <summary>A subject's token with 15 s left still gives a full one; a second after its end it gives none.</summary>
    private async Task ExpireAsync()
    {
        var token = await _client.PersonTokenAsync("bob");
        await identity.WaitAsync(TimeSpan.FromSeconds(285));
        var exchanged = await _client.ExchangeAsync("gateway", token, null, "user-service");
        _observed["exchange with a subject that has 15 s left"] = new JsonObject
        {
            ["status"] = exchanged.Status,
            ["expires_in"] = exchanged.Body!["expires_in"]!.DeepClone(),
        };
        await identity.WaitAsync(TimeSpan.FromSeconds(16));
        Observe("exchange of an expired subject", await _client.ExchangeAsync("gateway", token, null, "user-service"));
        Observe("introspect an expired token", await _client.PostAsync("/token/introspect", "gateway", [("token", token)]));
    }

    private async Task PollAsync(string name, string deviceCode)
    {
        var answer = await _client.PostAsync("/token", client: null,
            [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "tracedemo-cli"), ("device_code", deviceCode),
                ("code_verifier", Browser.Verifier)]);
        _observed[name] = new JsonObject { ["r"] = new JsonArray(answer.Status, answer.Body?.DeepClone()) };
    }

    private void Observe(string name, ProviderAnswer answer) => _observed[name] = new JsonObject
    {
        ["status"] = answer.Status,
        ["body"] = answer.Body?.DeepClone(),
    };

    private ProviderAnswer Observe(string name, (ProviderAnswer Answer, IReadOnlyList<string> Hops) followed)
    {
        _observed[name] = new JsonObject
        {
            ["status"] = followed.Answer.Status,
            ["title"] = Html.Title(followed.Answer.Text),
            ["hops"] = new JsonArray([.. followed.Hops.Select(hop => JsonValue.Create(Html.Shape(hop, identity.Authority)))]),
        };
        return followed.Answer;
    }
}
