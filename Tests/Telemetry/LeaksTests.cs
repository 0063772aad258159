using System.Diagnostics;

namespace TraceDemo.Tests.Telemetry;

/// <summary>A detector that finds nothing passes every leak test, so each kind of leak is put before it once, in each place.</summary>
public sealed class LeaksTests
{
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    [Theory]
    [InlineData(Token)]
    [InlineData("eyJzdWIiOiJhbGljZSJ9")]
    [InlineData("Authorization: Bearer opaque-token-value")]
    [InlineData("Basic Z2F0ZXdheTpzZWNyZXQ=")]
    [InlineData("dev-only-gateway")]
    [InlineData("alice@example.com")]
    [InlineData("Set-Cookie: session")]
    [InlineData("cookie=abc")]
    [InlineData("http://id/auth?code=5f3c9")]
    [InlineData("http://id/logout?x=1&id_token_hint=abc")]
    [InlineData("password=alice")]
    [InlineData("url.query=?a=b")]
    public void A_leak_is_found_in_any_text(string leak) => Assert.NotEmpty(Leaks.In($"before {leak} after"));

    [Theory]
    [InlineData("GET /api/agents/{id}")]
    [InlineData("http://127.0.0.1:5100/auth?*")]
    [InlineData("Bearer token missing")]
    [InlineData("engineering finance")]
    [InlineData("dc5f03527acb4861")]
    public void Expected_telemetry_is_not_a_leak(string text) => Assert.Empty(Leaks.In(text));

    [Fact]
    public void A_leak_is_found_in_each_part_of_a_span()
    {
        Action<Activity>[] places =
        [
            span => span.DisplayName = Token,
            span => span.SetStatus(ActivityStatusCode.Error, Token),
            span => span.TraceStateString = $"a={Token}",
            span => span.SetTag("a", Token),
            span => span.SetTag("a", new[] { "x", Token }),
            span => span.AddEvent(new ActivityEvent("e", tags: new() { ["a"] = Token })),
            span => span.AddEvent(new ActivityEvent(Token)),
            span => span.AddLink(new ActivityLink(default, new() { ["a"] = Token })),
            span => span.SetTag("url.query", "?a=b"),
            span => span.SetTag("http.request.header.cookie", "x"),
            span => span.AddBaggage("user", "x"),
        ];

        Assert.All(places, put =>
        {
            using var span = new Activity("clean");
            Assert.Empty(Leaks.In(span));
            put(span);
            Assert.NotEmpty(Leaks.In(span));
        });
    }

    [Theory]
    [InlineData("c2lnbmF0dXJlLW9mLXRoZS10b2tlbg")]
    [InlineData("my-own-secret")]
    public void A_known_secret_or_the_signature_of_a_known_token_is_found(string text) =>
        Assert.NotEmpty(Leaks.In($"x {text} y", Token, "my-own-secret"));
}
