using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Device;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.DevIdentity;

/// <summary>Whatever the provider remembers is bounded, and nobody is pushed out by what another does.</summary>
public sealed class ShareTests
{
    private const int Flood = 5_000;

    private static readonly Realm Realm = RealmReader.Read(DevelopmentRealm.Load(Repository.Root), new ConfigurationBuilder().Build());

    private readonly ManualTime _clock = ManualTime.Calendar();

    [Fact]
    public void A_person_with_too_many_sessions_loses_their_own_longest_idle_session()
    {
        var sessions = new SessionStore(Realm, _clock);
        var (alice, used, idle) = (sessions.Begin(Person("alice"), interactive: true), sessions.Begin(Person("bob"), interactive: true),
            sessions.Begin(Person("bob"), interactive: true));
        for (var i = 0; i < Flood; i++)
        {
            sessions.Begin(Person("bob"), interactive: false);
            sessions.Touch(used);
        }

        Assert.True(sessions.TryFind(alice.Id, out _));
        Assert.True(sessions.TryFind(used.Id, out _));
        Assert.False(sessions.TryFind(idle.Id, out _));
    }

    [Fact]
    public void A_person_with_too_many_codes_loses_their_own_oldest_code()
    {
        var (sessions, codes) = (new SessionStore(Realm, _clock), new AuthorizationCodes(Realm, _clock));
        var (alice, bob) = (sessions.Begin(Person("alice"), interactive: true), sessions.Begin(Person("bob"), interactive: true));
        var (hers, oldest) = (codes.Issue(Code(alice)), codes.Issue(Code(bob)));
        var newest = "";
        for (var i = 0; i < Flood; i++)
        {
            newest = codes.Issue(Code(bob));
        }
        Assert.True(codes.TryFind(hers, out _));
        Assert.True(codes.TryFind(newest, out _));
        Assert.False(codes.TryFind(oldest, out _));
    }

    [Fact]
    public async Task Revoking_too_many_tokens_is_refused_and_no_revocation_is_lost()
    {
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = _clock });
        var verifier = host.Service<TokenVerifier>();
        var revoked = Enumerable.Range(0, Flood).TakeWhile(i => verifier.TryRevoke(Token("gateway", "alice", $"{i}"))).Count();
        Assert.InRange(revoked, 1, Flood - 1);
        Assert.True(verifier.TryRevoke(Token("gateway", "alice", "0")));
        Assert.True(verifier.TryRevoke(Token("gateway", "bob", "b")));
        Assert.True(verifier.TryRevoke(Token("user-service", "alice", "c")));
        Assert.False(verifier.TryRevoke(Token("gateway", "alice", $"{Flood}")));
    }

    [Fact]
    public async Task A_client_with_too_many_assertions_blocks_only_itself_and_none_can_be_replayed()
    {
        await using var host = await DevIdentityHost.StartAsync(new DevIdentitySettings { Time = _clock });
        var assertions = host.Service<ClientAssertions>();
        var used = 0;
        while (assertions.CheckFirstUse(Realm.Clients["gateway"], Assertion($"{used}")) is null)
        {
            used++;
        }
        Assert.InRange(used, Flood, 100_000);
        Assert.Equal("temporarily_unavailable", assertions.CheckFirstUse(Realm.Clients["gateway"], Assertion($"{used}"))?.Error);
        Assert.Equal("Token reuse detected", assertions.CheckFirstUse(Realm.Clients["gateway"], Assertion("0"))?.Description);
        Assert.Null(assertions.CheckFirstUse(Realm.Clients["user-service"], Assertion("0")));
    }

    [Fact]
    public void A_polling_device_is_never_evicted_by_devices_that_only_started()
    {
        var devices = new DeviceAuthorizations(_clock);
        var (polling, silent) = (Start(devices), Start(devices));
        Assert.True(devices.MayPoll(polling));
        var last = silent;
        for (var i = 0; i < DeviceAuthorizations.Share; i++)
        {
            last = Start(devices);
        }
        Assert.Same(polling, devices.FindByDeviceCode(polling.DeviceCode));
        Assert.Same(last, devices.FindByUserCode(last.UserCode));
        Assert.Null(devices.FindByDeviceCode(silent.DeviceCode));
    }

    [Fact]
    public void A_device_awaiting_consent_is_never_evicted_by_devices_that_only_poll()
    {
        var devices = new DeviceAuthorizations(_clock);
        var asked = Start(devices);
        devices.Ask(asked, Person("alice"));
        for (var i = 0; i <= DeviceAuthorizations.Share; i++)
        {
            Assert.True(devices.MayPoll(Start(devices)));
        }
        Assert.Same(asked, devices.FindByUserCode(asked.UserCode));
        _clock.Advance(DeviceAuthorization.Interval);
        Assert.True(devices.MayPoll(asked));
        for (var i = 0; i <= DeviceAuthorizations.Share; i++)
        {
            devices.Ask(Start(devices), Person("bob"));
        }
        Assert.Same(asked, devices.FindByDeviceCode(asked.DeviceCode));
    }

    [Fact]
    public void Polling_too_often_does_not_protect_a_device_from_eviction()
    {
        var devices = new DeviceAuthorizations(_clock);
        var (first, second) = (Start(devices), Start(devices));
        Assert.True(devices.MayPoll(first));
        Assert.True(devices.MayPoll(second));
        Assert.False(devices.MayPoll(first));
        for (var i = 1; i < DeviceAuthorizations.Share; i++)
        {
            devices.MayPoll(Start(devices));
        }
        Assert.Null(devices.FindByDeviceCode(first.DeviceCode));
        Assert.Same(second, devices.FindByDeviceCode(second.DeviceCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("x")]
    [InlineData("x.USER")]
    [InlineData(".USER")]
    [InlineData("USER")]
    public void The_code_that_a_person_types_is_not_enough_to_poll(string guess)
    {
        var devices = new DeviceAuthorizations(_clock);
        var device = Start(devices);
        Assert.Null(devices.FindByDeviceCode(guess.Replace("USER", device.UserCode, StringComparison.Ordinal)));
        Assert.Same(device, devices.FindByDeviceCode(device.DeviceCode));
    }

    private static RealmUser Person(string name) => Realm.Users[name];

    private static DeviceAuthorization Start(DeviceAuthorizations devices) =>
        devices.Start(new DeviceRequest(Realm.Clients["tracedemo-cli"], "openid", Browser.Challenge));

    private static AuthorizationCode Code(UserSession session)
    {
        var client = Realm.Clients["dashboard"];
        Assert.True(GrantedScopes.TryResolve(client, "openid", out var scopes));
        return new AuthorizationCode(new AuthorizationRequest(client, "http://localhost:5000/signin", "s", "n", scopes, Browser.Challenge),
            session, "1");
    }

    private JsonWebSignature Assertion(string id)
    {
        var claims = new Dictionary<string, object>
        {
            ["jti"] = new string('x', 1_000) + id,
            ["exp"] = _clock.GetUtcNow().AddYears(1).ToUnixTimeSeconds(),
        };
        return new JsonWebSignature(default, JsonSerializer.SerializeToElement(claims), [], []);
    }

    private VerifiedToken Token(string client, string subject, string id) =>
        new(JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["azp"] = client,
            ["sub"] = subject,
            ["jti"] = $"{client} {subject} {id}",
            ["exp"] = _clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
        }));
}
