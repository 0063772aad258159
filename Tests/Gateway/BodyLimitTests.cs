namespace TraceDemo.Tests.Gateway;

public sealed class BodyLimitTests
{
    private const int Limit = 64 * 1024;

    [Theory]
    [InlineData(Limit + 1, false)]
    [InlineData(Limit + 1, true)]
    [InlineData(2 * Limit, true)]
    // The framing of chunks is part of the body that the server counts, as docs/errors.md says.
    [InlineData(Limit, true)]
    public async Task A_body_over_64_KiB_is_413_in_both_framings_and_is_not_forwarded(int size, bool chunked)
    {
        await using var gateway = await GatewayHost.StartAsync();

        (await SendAsync(gateway, size, chunked, gateway.Provider.Sign(TestToken.Person))).IsRefused(413, "request_too_large");
        Assert.Null(gateway.Received.Path);
        Assert.Empty(gateway.Provider.TokenRequests);
        var entry = Assert.Single(gateway.Audit);
        Assert.Equal(("request", "POST /api/access-direct", "request_too_large", "alice-id"),
            (entry.Action, entry.Target, entry.Reason?.Value, entry.Person));
    }

    [Theory]
    [InlineData(Limit, false)]
    [InlineData(Limit - 1024, true)]
    [InlineData(1, true)]
    public async Task A_smaller_body_arrives_whole_in_both_framings(int size, bool chunked)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var arrived = "";
        gateway.Answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            arrived = await reader.ReadToEndAsync(context.RequestAborted);
        };

        Assert.Equal(200, (await SendAsync(gateway, size, chunked, gateway.Provider.Sign(TestToken.Person))).Status);
        Assert.Equal(new string('x', size), arrived);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_valid_token_it_is_401_before_anything_is_read(bool chunked)
    {
        await using var gateway = await GatewayHost.StartAsync();

        (await SendAsync(gateway, Limit + 1, chunked, token: null)).IsRefused(401, "token_missing");
    }

    [Fact]
    public async Task Headers_over_32_KiB_are_431()
    {
        await using var gateway = await GatewayHost.StartAsync();
        for (var number = 0; number < 10; number++)
        {
            gateway.Http.DefaultRequestHeaders.Add($"X-Filler-{number}", new string('x', 4_000));
        }

        (await gateway.SendAsync(HttpMethod.Get, "/api/users/me", gateway.Provider.Sign(TestToken.Person))).IsRefused(
            431, "headers_too_large");
        Assert.Null(gateway.Received.Path);
    }

    private static async Task<Answer> SendAsync(GatewayHost gateway, int size, bool chunked, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/api/access-direct"))
        {
            Content = new StringContent(new string('x', size), null, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;
        // Whoever sends a large body asks first (RFC 9110 §10.1.1), and then gets the answer for certain.
        request.Headers.ExpectContinue = true;
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
