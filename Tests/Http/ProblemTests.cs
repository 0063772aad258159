using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Http;

/// <summary>Whatever goes wrong is told as a problem with a reason, and tells nothing else; in Development and outside.</summary>
public sealed class ProblemTests
{
    private const string Secret = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

    public static TheoryData<string, string, int, string> Faults => new()
    {
        { "GET", "/throws", 500, "internal_error" },
        { "GET", "/throws-before", 500, "internal_error" },
        { "GET", "/problem", 503, "registry_unavailable" },
        { "GET", "/nowhere", 401, "token_missing" },
        { "GET", "/bare/404", 404, "not_found" },
        { "GET", "/bare/405", 405, "method_not_allowed" },
        { "GET", "/bare/415", 415, "unsupported_media_type" },
        { "POST", "/takes", 400, "request_invalid" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_a_problem_without_stack_header_or_token(string method, string path, int status, string reason)
    {
        foreach (var environment in (string[])["Development", "Production"])
        {
            await using var app = await StartAsync(environment);
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.TryAddWithoutValidation("X-Token", Secret);
            if (method == "POST")
            {
                request.Content = new StringContent("{\"documentId\": 5}", Encoding.UTF8, "application/json");
            }

            var answer = (await SendAsync(app, request)).IsRefused(status, reason);

            Assert.Equal($"urn:tracedemo:problem:{reason}", answer.Body.GetProperty("type").GetString());
            Assert.Equal(answer.TraceId, answer.Body.GetProperty("traceId").GetString());
            Assert.DoesNotContain("eyJ", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/bare/404")]
    [InlineData("/written-by-the-framework")]
    [InlineData("/problem")]
    public async Task The_reason_is_returned_for_any_preferred_media_type(string path)
    {
        await using var app = await StartAsync("Production");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");

        var answer = await SendAsync(app, request);

        var (status, reason) = path == "/problem" ? (503, "registry_unavailable") : (404, "not_found");
        answer.IsRefused(status, reason);
    }

    [Fact]
    public async Task An_invalid_member_is_named_without_its_value()
    {
        await using var app = await StartAsync("Production");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/takes")
        {
            Content = new StringContent("{\"documentId\": \"../secret\"}", Encoding.UTF8, "application/json"),
        };

        var answer = await SendAsync(app, request);

        Assert.Equal("documentId", Assert.Single(answer.Body.GetProperty("members").EnumerateArray()).GetString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detail_stays_readable_and_contains_no_markup()
    {
        const string Detail = """Send {"documentId": "DOC-001"}, the person's; größer 1 + `x`. <script>alert(1)</script> & \u2028""";
        await using var app = await StartAsync("Production");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/says?detail={Uri.EscapeDataString(Detail)}");

        var answer = await SendAsync(app, request);

        Assert.Equal(Detail, answer.Body.GetProperty("detail").GetString());
        Assert.Contains(
            """Send {\"documentId\": \"DOC-001\"}, the person's; größer 1 + `x`. \u003Cscript\u003Ealert(1)\u003C/script\u003E \u0026""",
            answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\u0022", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(@"\u0027", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(answer.Text, character => character is '<' or '>' or '&');
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_too_large()
    {
        await using var app = await StartAsync("Production");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/takes")
        {
            Content = new StringContent($"\"{new string('x', 70_000)}\"", Encoding.UTF8, "application/json"),
        };

        (await SendAsync(app, request)).IsRefused(413, "request_too_large");
    }

    [Fact]
    public async Task Headers_over_32_KiB_are_too_large()
    {
        await using var app = await StartAsync("Production");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        for (var i = 0; i < 10; i++)
        {
            request.Headers.TryAddWithoutValidation($"X-Filler-{i}", new string('x', 4000));
        }

        (await SendAsync(app, request)).IsRefused(431, "headers_too_large");
    }

    [Fact]
    public void A_reason_from_another_service_is_accepted_only_if_it_is_known()
    {
        Assert.All(ReasonCode.All.Concat(AccessReasons.All), reason => Assert.Same(reason, AccessReasons.Find(reason.Value)));
        Assert.Null(AccessReasons.Find("granted_because_i_say_so"));
    }

    private static async Task<WebApplication> StartAsync(string environment)
    {
        var builder = TestService.Builder("https://provider.test", "gateway");
        builder.Environment.EnvironmentName = environment;
        builder.Configuration["Identity:ClientSecret"] = "a secret of its own";
        builder.Configuration["Telemetry:PseudonymKey"] = "a key of at least thirty-two characters";
        var app = builder.Build();
        app.Use((context, next) => context.Request.Path == "/throws-before" ? throw new InvalidOperationException(Secret) : next(context));
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/bare/{status:int}", (int status) => Results.StatusCode(status)).AllowAnonymous();
        app.MapGet("/written-by-the-framework", () => Results.Problem(statusCode: 404)).AllowAnonymous();
        app.MapGet("/throws", string () => throw new InvalidOperationException(Secret)).AllowAnonymous();
        app.MapGet("/problem", string () => throw new ProblemException(AccessReasons.RegistryUnavailable, "later")).AllowAnonymous();
        app.MapGet("/says", (string detail) => Problem.Result(ReasonCode.RequestInvalid, detail)).AllowAnonymous();
        app.MapPost("/takes", (Taken taken) => taken).AllowAnonymous();
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<Answer> SendAsync(WebApplication app, HttpRequestMessage request)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private sealed record Taken(DocumentId? DocumentId);
}
