using System.Net;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Dashboard;

/// <summary>What the form offers for an agent, before anything has run.</summary>
public sealed class OfferTests : IAsyncLifetime
{
    private DashboardHost _dashboard = null!;
    private Visitor _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _dashboard = await DashboardHost.StartAsync();
        _dashboard.Gateway.Documents =
            """[{"id":"DOC-001","title":"One"},{"id":"DOC-002","title":"Two"},{"id":"DOC-003","title":"Three"}]""";
        _dashboard.Gateway.Matrix = (200, """
            {"rows":[
              {"agent":null,"cells":[{"document":"DOC-001","decision":"allow"},{"document":"DOC-002","decision":"allow"},
                {"document":"DOC-003","decision":"deny"}]},
              {"agent":"gpt4","cells":[{"document":"DOC-001","decision":"deny"},{"document":"DOC-002","decision":"deny"},
                {"document":"DOC-003","decision":"allow"}]},
              {"agent":"summarizer","cells":[{"document":"DOC-001","decision":"deny"},{"document":"DOC-002","decision":"allow"},
                {"document":"DOC-003","decision":"deny"}]}]}
            """);
        _alice = _dashboard.Visit();
        await _alice.SignInAsync("alice");
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _dashboard.DisposeAsync();
    }

    [Theory]
    [InlineData("", "DOC-001 DOC-002 DOC-003")]
    [InlineData("gpt4", "DOC-003 DOC-001 DOC-002")]
    [InlineData("summarizer", "DOC-002 DOC-001 DOC-003")]
    [InlineData("unheard-of", "DOC-001 DOC-002 DOC-003")]
    public async Task Choosing_an_agent_lists_its_readable_documents_first_and_runs_nothing(string agent, string documents)
    {
        var page = await _alice.SubmitAsync(
            "/try", ("_handler", "try"), ("Form.Agent", agent), ("Form.Document", "DOC-001"), ("Form.Step", "offer"));

        Assert.Equal((HttpStatusCode.OK, documents), (page.Status, string.Join(' ', Options(page, "DOC").Select(option => option.Value))));
        Assert.Equal(agent is "" or "unheard-of" ? "" : agent,
            Options(page, "").FirstOrDefault(
                option => option.IsSelected && !option.Value.StartsWith("DOC", StringComparison.Ordinal)).Value ?? "");
        Assert.DoesNotContain(Options(page, "DOC"), option => option.IsSelected);
        Assert.Contains("What happens", page.Html, StringComparison.Ordinal);
        Assert.Empty(_dashboard.Gateway.Calls);
    }

    [Fact]
    public async Task After_a_run_the_document_stays_chosen()
    {
        var page = await _alice.SubmitAsync("/try", ("_handler", "try"), ("Form.Agent", "gpt4"), ("Form.Document", "DOC-002"));

        Assert.Equal([("DOC-003", false), ("DOC-001", false), ("DOC-002", true)],
            Options(page, "DOC").Select(option => (option.Value, option.IsSelected)));
        Assert.Single(_dashboard.Gateway.Calls);
    }

    [Fact]
    public async Task Without_scripts_there_is_a_button_and_scripts_use_the_same_order()
    {
        var page = await _alice.GetAsync("/");

        Assert.Contains("<noscript><button class=\"quiet\" type=\"submit\" name=\"Form.Step\" value=\"offer\" formnovalidate>", page.Html,
            StringComparison.Ordinal);
        Assert.Equal(
            [("DOC-001", "0", "me"), ("DOC-002", "1", "me agent:summarizer"), ("DOC-003", "2", "agent:gpt4")],
            Options(page, "DOC").Select(option => (option.Value, option.Place, option.Readers)));
    }

    private static List<(string Value, bool IsSelected, string Place, string Readers)> Options(Page page, string prefix) =>
    [
        .. from option in Regex.Matches(
            page.Html, "<option value=\"(?<value>[^\"]*)\"(?<rest>[^>]*)>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
           let rest = option.Groups["rest"].Value
           where option.Groups["value"].Value is { Length: > 0 } value && value.StartsWith(prefix, StringComparison.Ordinal)
               && value is not ("read" or "summarize" or "review" or "general" or "compliance" or "security")
           select (option.Groups["value"].Value, rest.Contains(" selected", StringComparison.Ordinal), Attribute(rest, "place"),
               Attribute(rest, "readers")),
    ];

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $"data-{name}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;
}
