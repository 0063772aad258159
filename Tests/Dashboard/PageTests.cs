using System.Net;
using System.Text.Json;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

public sealed class PageTests(SharedDashboard shared)
{
    private static readonly (string, string)[] Delegated = [("_handler", "try"), ("Form.Agent", "gpt4"), ("Form.Document", "DOC-005"),
        ("Form.Action", "review"), ("Form.ReviewType", "security")];

    [Fact]
    public async Task Every_response_has_a_content_security_policy_without_unsafe_inline()
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        await alice.GetAsync("/traces");
        await alice.GetAsync("/signed-out");
        Assert.All(alice.Seen.Where(page => page.Address.Port == dashboard.Address.Port), page =>
        {
            var policy = page.Header("Content-Security-Policy");
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("style=\"", page.Html, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Errors_have_the_same_headers_as_pages()
    {
        var dashboard = await shared.Host;
        using var client = TestService.OutsideClient(dashboard.Address);
        using var malformed = new StringContent("", System.Text.Encoding.UTF8, "multipart/form-data");
        using var large = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { { "X-Large", new string('x', 33_000) } } };
        using var refused = await client.PostAsync("/signout-backchannel", malformed, TestContext.Current.CancellationToken);
        using var tooLarge = await client.SendAsync(large, TestContext.Current.CancellationToken);

        Assert.Equal((400, 431), ((int)refused.StatusCode, (int)tooLarge.StatusCode));
        Assert.All([refused, tooLarge], response =>
        {
            Assert.StartsWith(
                "default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.True(response.Headers.CacheControl?.NoStore);
        });
    }

    [Fact]
    public async Task Style_script_and_picture_require_no_sign_in_and_are_cacheable()
    {
        var dashboard = await shared.Host;
        using var anybody = dashboard.Visit();
        foreach (var (name, type) in new[] { ("app.css", "text/css"), ("live.js", "text/javascript"), ("icon.svg", "image/svg+xml") })
        {
            var file = await anybody.GetAsync($"/assets/{name}");
            Assert.Equal((HttpStatusCode.OK, type), (file.Status, file.Response.Content.Headers.ContentType!.MediaType));
            Assert.Contains("immutable", file.Header("Cache-Control"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/assets/appsettings.json")).Status);
    }

    [Fact]
    public async Task Try_it_sends_the_form_values_as_the_person()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        var page = await alice.SubmitAsync("/try", Delegated);

        var call = Assert.Single(dashboard.Gateway.Calls);
        Assert.Equal("/api/access-delegated", call.Path);
        Assert.StartsWith("Bearer eyJ", call.Token, StringComparison.Ordinal);
        Assert.Equal("""{"documentId":"DOC-005","agentId":"gpt4","action":"review","reviewType":"security"}""", call.Body);
        Assert.Contains("✓ Allowed", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Contains($"/traces/{SpanData.Trace}", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_it_shows_what_each_agent_may_read_for_the_person()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = new Visitor(dashboard.Address);

        var page = await alice.SignInAsync("alice");

        Assert.Contains("What each agent may read for you", page.Html, StringComparison.Ordinal);
        Assert.Contains("<li><b>gpt4</b>: DOC-005</li>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<li><b>summarizer</b>: nothing</li>", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(200, "[]")]
    [InlineData(200, "no json")]
    public async Task Without_a_readable_policy_the_form_omits_readable_documents(int status, string json)
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Gateway.Matrix = (status, json);
        using var alice = new Visitor(dashboard.Address);

        var page = await alice.SignInAsync("alice");

        Assert.Contains("<option value=\"DOC-005\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("What each agent may read", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_an_agent_is_direct_access()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        await alice.SubmitAsync("/try", ("_handler", "try"), ("Form.Agent", ""), ("Form.Document", "DOC-005"));
        Assert.Equal(("/api/access-direct", """{"documentId":"DOC-005"}"""),
            dashboard.Gateway.Calls.Select(call => (call.Path, call.Body)).Single());
    }

    [Theory]
    [InlineData("", "gpt4")]
    [InlineData("../etc/passwd", "gpt4")]
    [InlineData("DOC-005", "GPT 4")]
    public async Task An_invalid_id_is_not_sent(string document, string agent)
    {
        var dashboard = await shared.Host;
        var before = dashboard.Gateway.Calls.Count;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        Assert.Contains("Not sent",
            (await alice.SubmitAsync("/try", ("_handler", "try"), ("Form.Agent", agent), ("Form.Document", document))).Html,
            StringComparison.Ordinal);
        Assert.Equal(before, dashboard.Gateway.Calls.Count);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var dashboard = await shared.Host;
        var before = dashboard.Gateway.Calls.Count;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.BadRequest, (await alice.PostAsync("/try", Delegated)).Status);
        Assert.Equal(before, dashboard.Gateway.Calls.Count);
    }

    [Theory]
    [InlineData("/try")]
    [InlineData("/signout")]
    public async Task A_form_opened_before_another_person_signed_in_is_reported_as_outdated(string address)
    {
        await using var dashboard = await DashboardHost.StartAsync();
        using var alice = dashboard.Visit();
        var stale = (await alice.SignInAsync("alice")).Antiforgery;
        await alice.SubmitSeenAsync("/signout");
        await alice.SignInAsync("bob");

        var page = await alice.PostAsync(address, [("__RequestVerificationToken", stale), .. Delegated]);

        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (page.Status, page.Response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<h1>This form is out of date</h1>", page.Html, StringComparison.Ordinal);
        Assert.Contains("app.css", page.Html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"button\" href=\"/\">Reload the form</a>", page.Html, StringComparison.Ordinal);
        Assert.Equal((0, 1), (dashboard.Gateway.Calls.Count, dashboard.Tickets.Count));

        // The page's own form is good.
        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);
    }

    [Theory]
    [InlineData(403,
        """{"granted":false,"reason":"intersection_insufficient","detail":"Ask an agent that may.","decision":"""
            + """{"decision":"deny","callerType":"delegated","agent":"summarizer","departments":"""
            + """["engineering","finance"],"capabilities":["finance"],"effective":["finance"],"required":["engineering"],"missing":"""
            + """["engineering"]}}""", "✕ Denied", "engineering ✕", "Ask an agent that may.")]
    [InlineData(401, """{"reason":"token_revoked","detail":"Sign in again."}""", "No decision", "token_revoked", "Sign in again")]
    [InlineData(403, """{"reason":"caller_not_accepted","detail":"Not this client."}""", "No decision", "caller_not_accepted",
        "Not this client.")]
    [InlineData(429, """{"reason":"rate_limited"}""", "No decision", "rate_limited", "wait a second")]
    [InlineData(503, """{"reason":"identity_provider_unavailable","detail":"Try again in a moment."}""", "No decision",
        "identity_provider_unavailable", "failed in the system")]
    [InlineData(502, "<html>bad gateway</html>", "No decision", "http_502", "failed in the system")]
    [InlineData(200, """{"granted":"yes"}""", "No decision", "http_200", "refused")]
    public async Task Each_gateway_response_is_shown_distinctly(int status, string json, params string[] shown)
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        dashboard.Gateway.Answer = (status, json);
        var html = WebUtility.HtmlDecode((await alice.SubmitAsync("/try", Delegated)).Html);
        Assert.All(shown, text => Assert.Contains(text, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Span_and_document_content_is_encoded_as_text()
    {
        const string Script = "<script>alert(1)</script>";
        await using var dashboard = await DashboardHost.StartAsync();
        // An admin, who sees what hangs nowhere too.
        using var bob = dashboard.Visit();
        await bob.SignInAsync("bob");
        dashboard.Store.Add(
            [SpanData.Entry(1, "alice"),
                SpanData.Of(Script, Script, 2, 1,
                    tags: [SpanData.Text(Script, Script), SpanData.Text("agent.id", Script)]) with { StatusMessage = Script,
                        Events = [new SpanEvent(0, Script, [])] }],
            [new LogRecord { TraceId = SpanData.Trace, SpanId = new SpanId(2), Service = Script, Body = Script, EventName = Script,
                Severity = Script }]);
        dashboard.Gateway.Answer = (200,
            JsonSerializer.Serialize(new
            {
                granted = true,
                reason = Script,
                output = Script,
                document = new { title = Script, content = Script },
                decision = new { missing = new[] { Script }, rule = Script }
            }));

        await bob.SubmitAsync("/try", Delegated);
        await bob.GetAsync("/traces?operation=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        await bob.GetAsync($"/traces?agent={Uri.EscapeDataString(Script)}");
        await bob.GetAsync($"/traces/{SpanData.Trace}");
        Assert.Contains(bob.Seen, page => page.Html.Contains("&lt;script&gt;", StringComparison.Ordinal));
        Assert.All(bob.Seen, page => Assert.DoesNotContain("<script>", page.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_sees_only_their_own_traces_and_an_admin_sees_all()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Store.Add([SpanData.Entry(1, "alice"), SpanData.Of("user-service", "alices-work", 2, 1, SpanKind.Server)], []);
        Assert.Contains("alices-work", await PageOfAsync(dashboard, "alice"), StringComparison.Ordinal);
        Assert.DoesNotContain("alices-work", await PageOfAsync(dashboard, "carol", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("alices-work", await PageOfAsync(dashboard, "bob"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000000000000000000000000001")]
    [InlineData("nonsense")]
    public async Task An_unknown_trace_is_a_404_with_a_page(string id)
    {
        var dashboard = await shared.Host;
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        var page = await alice.GetAsync($"/traces/{id}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("No such trace", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_stream_sends_updates_and_ends()
    {
        var clock = ManualTime.Calendar();
        await using var dashboard = await DashboardHost.StartAsync(clock);
        using var alice = dashboard.Visit();
        await alice.SignInAsync("alice");
        dashboard.Store.Add(
            [SpanData.Entry(1, "alice"), SpanData.Entry(2, "bob"), SpanData.Of("user-service", "bobs-work", 3, 2, SpanKind.Server)], []);
        clock.Advance(TimeSpan.FromSeconds(9));

        var stream = await alice.GetAsync($"/traces/{SpanData.Trace}/live");
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("event: trace", stream.Html, StringComparison.Ordinal);
        Assert.Contains("event: done", stream.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("bobs-work", stream.Html, StringComparison.Ordinal);
    }

    private static async Task<string> PageOfAsync(DashboardHost dashboard, string person, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var visitor = dashboard.Visit();
        await visitor.SignInAsync(person);
        var page = await visitor.GetAsync($"/traces/{SpanData.Trace}");
        Assert.Equal(status, page.Status);
        return page.Html;
    }
}
