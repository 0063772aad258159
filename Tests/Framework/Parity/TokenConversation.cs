using System.Text.Json.Nodes;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>The first part of the recording: each line is a request, sent again in the recorded order.</summary>
internal sealed class TokenConversation(IdentityUnderTest identity) : IDisposable
{
    private readonly ProviderClient _client = new(identity.Authority);
    private readonly Dictionary<string, ProviderAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProviderAnswer> _signedIn = new(StringComparer.Ordinal);

    public async Task<JsonObject> ReplayAsync(RecordedCase recorded)
    {
        var request = recorded.Request!;
        var form = new List<(string, string)>();
        foreach (var field in request["form"]!.AsArray())
        {
            form.Add(((string)field![0]!, await ResolveAsync(recorded.Name, (string)field[0]!, (string)field[1]!)));
        }
        var secret = recorded.Name == "wrong secret" ? "wrong" : null;
        var answer = await _client.PostAsync((string)request["path"]!, (string?)request["client"], form, secret);
        _answers.TryAdd(recorded.Name, answer);
        return Describe(answer);
    }

    public void Dispose() => _client.Dispose();

    private static JsonObject Describe(ProviderAnswer answer)
    {
        if (answer.Body is not JsonObject body || !body.ContainsKey("access_token"))
        {
            return new JsonObject { ["status"] = answer.Status, ["body"] = answer.Body };
        }
        return new JsonObject
        {
            ["status"] = answer.Status,
            ["header"] = ProviderClient.Header(answer.AccessToken),
            ["claims"] = ProviderClient.Claims(answer.AccessToken),
            ["members"] = new JsonArray([.. body.Select(member => JsonValue.Create(member.Key))]),
            ["issued_token_type"] = body["issued_token_type"]?.DeepClone(),
            ["scope"] = body["scope"]!.DeepClone(),
            ["expires_in"] = body["expires_in"]!.DeepClone(),
        };
    }

    private async Task<string> ResolveAsync(string name, string field, string value)
    {
        const string accessTokenOf = "<access_token of: ";
        const string refreshTokenOf = "<refresh_token of: ";
        if (value.StartsWith(accessTokenOf, StringComparison.Ordinal))
        {
            return _answers[value[accessTokenOf.Length..^1]].AccessToken;
        }
        if (value.StartsWith(refreshTokenOf, StringComparison.Ordinal))
        {
            return _answers[value[refreshTokenOf.Length..^1]].RefreshToken;
        }
        return value == "<other token>" ? await OtherTokenAsync(name, field) : value;
    }

    /// <summary>The recording does not say which token it was; the case's name does.</summary>
    private async Task<string> OtherTokenAsync(string name, string field) => (name, field) switch
    {
        ("agent-gpt4 exchanges own service token", _) => _answers["agent-gpt4 client credentials documents:read"].AccessToken,
        ("tampered subject", _) => Tamper(_answers["alice logs in"].AccessToken),
        ("actor_token parameter", _) => _answers["agent-gpt4 client credentials documents:read"].AccessToken,
        ("refresh" or "refresh reused", _) => (await SignedInAsync("bob")).RefreshToken,
        ("carol gateway->user-service" or "exchange after logout", _) => (await SignedInAsync("carol")).AccessToken,
        ("logout", _) => (await SignedInAsync("carol")).RefreshToken,
        ("revoke access token" or "exchange after access token revoked", _) => (await SignedInAsync("david")).AccessToken,
        ("refresh after access token revoked", _) => (await SignedInAsync("david")).RefreshToken,
        _ => throw new InvalidOperationException($"No token is known for '{name}', {field}."),
    };

    private async Task<ProviderAnswer> SignedInAsync(string person)
    {
        if (!_signedIn.TryGetValue(person, out var answer))
        {
            _signedIn[person] = answer = await _client.SignInAsync(person);
        }
        return answer;
    }

    /// <summary>Changes one character in the middle of the payload.</summary>
    private static string Tamper(string token)
    {
        var middle = token.Length / 2;
        return $"{token[..middle]}{(token[middle] == 'A' ? 'B' : 'A')}{token[(middle + 1)..]}";
    }
}
