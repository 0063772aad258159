using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.Tests.Authentication;

/// <summary>The provider says that a session has ended; nobody else can.</summary>
public sealed class BackChannelLogoutTests : IAsyncLifetime
{
    private static readonly TestToken Logout = TestToken.Person with
    {
        Type = "logout+jwt",
        Audience = "tracedemo-cli",
        Events = "http://schemas.openid.net/event/backchannel-logout",
    };

    private TestProvider _provider = null!;
    private TestService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _service = await TestService.StartAsync(_provider, "gateway", app =>
        {
            app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli"));
            app.MapBackChannelLogout("tracedemo-cli");
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_sessions_tokens_are_refused_from_then_on_and_no_others()
    {
        var (alice, bob) = (_provider.Sign(TestToken.Person), _provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
        Assert.Equal(200, (await _service.GetAsync("/me", alice)).Status);

        Assert.Equal(200, await PostAsync(_provider.Sign(Logout)));

        Assert.Equal("token_revoked", (await _service.GetAsync("/me", alice)).Reason);
        Assert.Equal(200, (await _service.GetAsync("/me", bob)).Status);
    }

    [Theory]
    [InlineData("foreign key")]
    [InlineData("access token")]
    [InlineData("other client")]
    [InlineData("other issuer")]
    [InlineData("expired")]
    [InlineData("no event")]
    [InlineData("other event")]
    [InlineData("nonce")]
    [InlineData("no session")]
    [InlineData("key id that is no text")]
    [InlineData("lives for ever")]
    [InlineData("nothing")]
    public async Task Anything_but_a_good_logout_token_ends_nothing(string wrong)
    {
        Assert.Equal(400, await PostAsync(wrong switch
        {
            "foreign key" => _provider.SignWithForeignKey(Logout),
            "access token" => _provider.Sign(Logout with { Type = "at+jwt" }),
            "other client" => _provider.Sign(Logout with { Audience = "dashboard" }),
            "other issuer" => _provider.Sign(Logout with { Issuer = "https://elsewhere.example" }),
            "expired" => _provider.Sign(Logout with { Age = TimeSpan.FromMinutes(10) }),
            "no event" => _provider.Sign(Logout with { Events = null }),
            "other event" => _provider.Sign(Logout with { Events = "http://schemas.openid.net/event/other" }),
            "nonce" => _provider.Sign(Logout with { Nonce = "n" }),
            "key id that is no text" => $"{Base64Url.EncodeToString("""{"alg":"RS256","typ":"logout+jwt","kid":"\ud800"}"""u8)}.e30.x",
            "lives for ever" => _provider.Sign(
                Logout with { Lifetime = DateTimeOffset.MaxValue - DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1) }),
            "no session" => _provider.Sign(Logout with { SessionId = null }),
            _ => "",
        }));

        Assert.Equal(200, (await _service.GetAsync("/me", _provider.Sign(TestToken.Person))).Status);
    }

    [Fact]
    public async Task A_logout_token_counts_once()
    {
        var token = _provider.Sign(Logout);

        Assert.Equal(200, await PostAsync(token));
        Assert.Equal(400, await PostAsync(token));
    }

    private async Task<int> PostAsync(string token)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        using var response = await _service.Http.PostAsync(
            new Uri(_service.Address, BackChannelLogout.Path), form, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
