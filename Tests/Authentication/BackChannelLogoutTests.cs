using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Authentication;

/// <summary>The provider says that a session has ended; nobody else can.</summary>
public sealed class BackChannelLogoutTests : OnTestService
{
    private static readonly TestToken Logout = TestToken.Person with
    {
        Type = "logout+jwt",
        Audience = "tracedemo-cli",
        Events = "http://schemas.openid.net/event/backchannel-logout",
    };

    [Fact]
    public async Task Logout_refuses_the_tokens_of_the_session_and_no_others()
    {
        var (alice, bob) = (Provider.Sign(TestToken.Person), Provider.Sign(TestToken.Person with { SessionId = "bob-session" }));
        Assert.Equal(200, (await Service.GetAsync("/me", alice)).Status);

        Assert.Equal(200, await PostAsync(Provider.Sign(Logout)));

        Assert.Equal("token_revoked", (await Service.GetAsync("/me", alice)).Reason);
        Assert.Equal(200, (await Service.GetAsync("/me", bob)).Status);
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
    [InlineData("no session and no person")]
    [InlineData("no session and an empty person")]
    [InlineData("key id that is no text")]
    [InlineData("lives for ever")]
    [InlineData("old")]
    [InlineData("of the future")]
    [InlineData("event without an object")]
    [InlineData("empty nonce")]
    [InlineData("long id")]
    [InlineData("no id")]
    [InlineData("type in capitals")]
    [InlineData("nothing")]
    public async Task An_invalid_logout_token_ends_no_session(string wrong)
    {
        Assert.Equal(400, await PostAsync(wrong switch
        {
            "foreign key" => Provider.SignWithForeignKey(Logout),
            "access token" => Provider.Sign(Logout with { Type = "at+jwt" }),
            "other client" => Provider.Sign(Logout with { Audience = "dashboard" }),
            "other issuer" => Provider.Sign(Logout with { Issuer = "https://elsewhere.example" }),
            "expired" => Provider.Sign(Logout with { Age = TimeSpan.FromMinutes(10) }),
            "no event" => Provider.Sign(Logout with { Events = null }),
            "other event" => Provider.Sign(Logout with { Events = "http://schemas.openid.net/event/other" }),
            "nonce" => Provider.Sign(Logout with { Nonce = "n" }),
            "key id that is no text" => $"{Base64Url.EncodeToString("""{"alg":"RS256","typ":"logout+jwt","kid":"\ud800"}"""u8)}.e30.x",
            "lives for ever" => Provider.Sign(
                Logout with { Lifetime = DateTimeOffset.MaxValue - DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1) }),
            "old" => Provider.Sign(Logout with { Age = TimeSpan.FromMinutes(6), Lifetime = TimeSpan.FromMinutes(10) }),
            "of the future" => Provider.Sign(Logout with { Age = TimeSpan.FromSeconds(-30) }),
            "event without an object" => Provider.Sign(Logout with { EventValue = 1 }),
            "empty nonce" => Provider.Sign(Logout with { Nonce = "" }),
            "long id" => Provider.Sign(Logout with { TokenId = new string('j', 257) }),
            "no id" => Provider.Sign(Logout with { TokenId = null }),
            "type in capitals" => Provider.Sign(Logout with { Type = "LOGOUT+JWT" }),
            "no session and an empty person" => Provider.Sign(Logout with { SessionId = null, Subject = "" }),
            "no session and no person" => Provider.Sign(Logout with { SessionId = null, Subject = null }),
            _ => "",
        }));

        Assert.Equal(200, (await Service.GetAsync("/me", Provider.Sign(TestToken.Person))).Status);
    }

    [Fact]
    public async Task A_logout_token_without_a_session_ends_all_sessions_of_its_person()
    {
        var alice = Provider.Sign(TestToken.Person);
        var elsewhere = Provider.Sign(TestToken.Person with { SessionId = "another-session" });
        var bob = Provider.Sign(TestToken.Person with { Subject = "bob", SessionId = "bob-session" });
        Assert.Equal(200, (await Service.GetAsync("/me", alice)).Status);

        Assert.Equal(200, await PostAsync(Provider.Sign(Logout with { SessionId = null })));

        Assert.Equal("token_revoked", (await Service.GetAsync("/me", alice)).Reason);
        Assert.Equal("token_revoked", (await Service.GetAsync("/me", elsewhere)).Reason);
        Assert.Equal(200, (await Service.GetAsync("/me", bob)).Status);
    }

    [Fact]
    public async Task A_logout_token_is_accepted_once()
    {
        var token = Provider.Sign(Logout);

        Assert.Equal(200, await PostAsync(token));
        Assert.Equal(400, await PostAsync(token));
    }

    protected override void Map(WebApplication app)
    {
        app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli"));
        app.MapBackChannelLogout("tracedemo-cli");
    }

    private async Task<int> PostAsync(string token)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        using var response = await Service.Http.PostAsync(
            new Uri(Service.Address, BackChannelLogout.Path), form, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
