using System.Net;
using System.Text;
using System.Text.Json;
using Duende.IdentityModel.Client;

namespace TraceDemo.Tests.TokenExchange;

/// <summary>
/// What the rest of the source takes for granted of <c>Duende.IdentityModel</c>. In the default profile these are claims about the package,
/// in the restricted one about what stands in for it.
/// </summary>
public sealed class OAuthClientTests
{
    public static TheoryData<int, string, ResponseErrorType, string?> Answers => new()
    {
        { 200, """{"access_token":"t"}""", ResponseErrorType.None, null },
        { 201, """{"access_token":"t"}""", ResponseErrorType.None, null },
        { 200, """{"error":"odd"}""", ResponseErrorType.None, "odd" },
        { 200, "", ResponseErrorType.None, null },
        { 400, """{"error":"invalid_grant"}""", ResponseErrorType.Protocol, "invalid_grant" },
        { 400, "", ResponseErrorType.Protocol, null },
        { 401, """{"error":"invalid_client"}""", ResponseErrorType.Http, "Unauthorized" },
        { 403, """{"error":"access_denied"}""", ResponseErrorType.Http, "Forbidden" },
        { 500, "not json", ResponseErrorType.Http, "Internal Server Error" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Only_400_is_an_error_of_the_protocol(int status, string body, ResponseErrorType type, string? error)
    {
        using var response = await AskAsync(status, body);

        Assert.Equal((type, error), (response.ErrorType, response.Error));
        Assert.Equal(type != ResponseErrorType.None || error is not null, response.IsError);
        Assert.Equal((HttpStatusCode)status, response.HttpStatusCode);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Invalid_JSON_is_a_result_with_an_exception(int status)
    {
        using var response = await AskAsync(status, "not json");

        Assert.Equal(ResponseErrorType.Exception, response.ErrorType);
        Assert.IsType<JsonException>(response.Exception, exactMatch: false);
        Assert.Equal(response.Exception.Message, response.Error);
    }

    [Fact]
    public async Task Members_are_read_for_any_status()
    {
        using var refused = await AskAsync(403, """{"error":"access_denied","error_description":"why"}""");
        using var issued = await AskAsync(
            200, """{"access_token":"a","id_token":"i","refresh_token":"r","scope":"s","issued_token_type":"t","expires_in":60}""");

        Assert.Equal(("access_denied", "why"), (refused.TryGet("error"), refused.ErrorDescription));
        Assert.Equal(("a", "i", "r"), (issued.AccessToken, issued.IdentityToken, issued.RefreshToken));
        Assert.Equal(("s", "t", 60), (issued.Scope, issued.IssuedTokenType, issued.ExpiresIn));
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("\"60\"", 60)]
    [InlineData("-1", -1)]
    [InlineData("1.5", 0)]
    [InlineData("\"soon\"", 0)]
    [InlineData("null", 0)]
    public async Task A_lifetime_is_a_number_or_a_numeric_string(string json, int expected)
    {
        using var response = await AskAsync(200, $$"""{"expires_in":{{json}}}""");

        Assert.Equal(expected, response.ExpiresIn);
    }

    [Fact]
    public async Task A_failed_connection_is_a_result_and_a_timeout_is_thrown()
    {
        using var failing = new HttpMessageInvoker(new Answering(_ => throw new HttpRequestException("refused")));
        using var late = new HttpMessageInvoker(new Answering(_ => throw new TaskCanceledException()));

        using var response = await failing.RequestClientCredentialsTokenAsync(Request(), TestContext.Current.CancellationToken);
        Assert.Equal((ResponseErrorType.Exception, "refused"), (response.ErrorType, response.Error));
        Assert.Equal(0, (int)response.HttpStatusCode);
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => late.RequestClientCredentialsTokenAsync(Request(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_required_parameter_that_is_missing_is_thrown_before_anything_is_sent()
    {
        using var nobody = new HttpMessageInvoker(new Answering(_ => throw new InvalidOperationException("sent")));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            nobody.RequestRefreshTokenAsync(
                new RefreshTokenRequest { Address = "http://provider.example/token", ClientId = "c", RefreshToken = "" },
                TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            nobody.RequestTokenExchangeTokenAsync(
                new TokenExchangeTokenRequest { Address = "http://provider.example/token", ClientId = "c", SubjectToken = "" },
                TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Client_and_secret_are_form_encoded_before_they_are_joined()
    {
        string? credentials = null;
        string? sent = null;
        using var client = new HttpMessageInvoker(new Answering(request =>
        {
            credentials = Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!));
            sent = request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            return new HttpResponseMessage(HttpStatusCode.OK);
        }));
        using var request = new TokenExchangeTokenRequest
        {
            Address = "http://provider.example/token",
            ClientId = "a client",
            ClientSecret = "p:w/d+ü",
            SubjectToken = "t",
            SubjectTokenType = "tt",
            Scope = "one two",
        };
        request.Parameters.Add("audience", "first");
        request.Parameters.Add("audience", "second");

        using var response = await client.RequestTokenExchangeTokenAsync(request, TestContext.Current.CancellationToken);

        // RFC 6749 §2.3.1.
        Assert.Equal("a+client:p%3Aw%2Fd%2B%C3%BC", credentials);
        Assert.Equal(
            ["audience=first", "audience=second", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange", "scope=one+two",
                "subject_token=t", "subject_token_type=tt"],
            sent!.Split('&').Order(StringComparer.Ordinal));
    }

    private static async Task<TokenResponse> AskAsync(int status, string body)
    {
        using var client = new HttpMessageInvoker(new Answering(
            _ => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));
        using var request = Request();
        return await client.RequestClientCredentialsTokenAsync(request, TestContext.Current.CancellationToken);
    }

    private static ClientCredentialsTokenRequest Request() => new()
    {
        Address = "http://provider.example/token",
        ClientId = "c",
        ClientSecret = "s",
    };

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
