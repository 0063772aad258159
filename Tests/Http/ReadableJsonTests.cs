using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Tests.Http;

/// <summary>Whoever reads an answer with curl sees what it says, and whoever takes it for a page gets no markup.</summary>
public sealed class ReadableJsonTests
{
    private static readonly string[] Escapes = [@"\u0022", @"\u0027", @"\u002B"];

    [Theory]
    [InlineData("", "")]
    [InlineData("\"aa97\"", "\\\"aa97\\\"")]
    [InlineData("2+5c it's größer", "2+5c it's größer")]
    [InlineData("<b>", @"\u003Cb\u003E")]
    [InlineData("ö&<", @"ö\u0026\u003C")]
    [InlineData("tab\tand\u001b&", @"tab\tand\u001B\u0026")]
    [InlineData("line\nend\u2028", @"line\nend\u2028")]
    [InlineData("a rocket \U0001F680<", @"a rocket \uD83D\uDE80\u003C")]
    public void Text_is_unescaped_except_markup_and_JSON_escapes(string text, string written)
    {
        Assert.Equal($"\"{written}\"", Encoding.UTF8.GetString(ReadableJson.Serialize(text)));
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(text, ReadableJson.Options));
        Assert.Equal($"\"{written}\"",
            Encoding.UTF8.GetString(
                JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(JsonSerializer.Serialize(text)), ReadableJson.Options)));
    }

    [Fact]
    public void Any_text_round_trips_without_markup_or_control_characters()
    {
        var all = string.Concat(
            Enumerable.Range(0, 0x3000).Where(character => !char.IsSurrogate((char)character)).Select(character => (char)character));

        var json = ReadableJson.Serialize(all);

        Assert.DoesNotContain(json, character => character is (byte)'<' or (byte)'>' or (byte)'&' or < 0x20);
        Assert.Equal(all, JsonSerializer.Deserialize<string>(json));
    }

    [Fact]
    public async Task Endpoint_responses_are_readable()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var service = await TestService.StartAsync(provider, "gateway", app =>
        {
            app.MapGet("/typed", () => new { tag = "\"aa97\"", version = "2+5c", markup = "<b>" }).AllowAnonymous();
            app.MapGet("/result", () => Results.Ok(new { tag = "\"aa97\"", version = "2+5c", markup = "<b>" })).AllowAnonymous();
        });

        foreach (var path in (string[])["/typed", "/result"])
        {
            Assert.Equal(
                """{"tag":"\"aa97\"","version":"2+5c","markup":"\u003Cb\u003E"}""",
                await service.Http.GetStringAsync(new Uri(service.Address, path), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Documents_decisions_and_agents_are_serialized_readably()
    {
        await using var documents = new DocumentServiceUnderTest();
        await documents.InitializeAsync();
        await using var agents = await AgentServiceHost.StartAsync();

        var list = (await documents.SendAsync(HttpMethod.Get, "/documents", Tokens.Gateway("bob", "documents:read"), (object?)null)).Text;
        var granted = await documents.DirectAsync("alice", "DOC-007");
        string[] texts = [list, granted.Text, (await documents.DirectAsync("carol", "DOC-001")).Text];

        Assert.Contains("""
            "etag":"\"
            """, list, StringComparison.Ordinal);
        Assert.Contains($"\"{granted.Decision.GetProperty("policyVersion").GetString()}\"", granted.Text, StringComparison.Ordinal);
        Assert.All(texts, text => Assert.All(Escapes, escape => Assert.DoesNotContain(escape, text, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(200, (await agents.SendAsync(HttpMethod.Get, "/agents", AgentServiceHost.Administrator)).Status);
    }
}
