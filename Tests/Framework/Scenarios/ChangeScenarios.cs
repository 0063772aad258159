using System.Net.Http.Headers;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Processes;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>Changing a document through the gateway: who may, and that nobody overwrites a version that they have not seen.</summary>
public abstract class ChangeScenarios(SystemUnderTest system)
{
    private const string Policies = """
        ---
        id: DOC-003
        title: Admin Policies
        departments: [admin]
        match: any
        sensitivity: critical
        owner: Office of Administration
        ---
        # Admin Policies
        Revised.
        """;

    [Fact]
    public async Task An_administrator_replaces_the_current_version()
    {
        var bob = await system.SignInAsync("bob");
        var seen = await TagAsync(bob, "DOC-003");

        Assert.InRange((await PutAsync(bob, seen)).Status, 200, 204);
        Assert.Contains("Revised.", (await system.ReadAsync(bob, "DOC-003")).IsGranted("department_match").Text, StringComparison.Ordinal);
        (await PutAsync(bob, seen)).IsRefused(412, "precondition_failed");
    }

    [Fact]
    public async Task A_write_without_a_version_replaces_nothing() =>
        (await PutAsync(await system.SignInAsync("bob"), null)).IsRefused(428, "precondition_required");

    [Fact]
    public async Task Other_callers_replace_nothing()
    {
        var alice = await system.SignInAsync("alice");
        (await PutAsync(alice, await TagAsync(alice, "DOC-003"))).IsRefused(403, "admin_required");
    }

    [Fact]
    public async Task A_document_is_created_shown_and_deleted_under_its_own_address()
    {
        var (bob, carol) = (await system.SignInAsync("bob"), await system.SignInAsync("carol"));
        var text = Policies.Replace("DOC-003", "DOC-300", StringComparison.Ordinal);
        (await SendAsync(HttpMethod.Put, "DOC-300", carol, text, ("If-None-Match", "*"))).Answer.IsRefused(403, "admin_required");
        (await SendAsync(HttpMethod.Get, "DOC-300", carol)).Answer.IsRefused(404, "document_not_found");

        var created = await SendAsync(HttpMethod.Put, "DOC-300", bob, text, ("If-None-Match", "*"));
        Assert.Equal(201, created.Answer.Status);
        (await SendAsync(HttpMethod.Put, "DOC-300", bob, text, ("If-None-Match", "*"))).Answer.IsRefused(412, "precondition_failed");
        (await SendAsync(HttpMethod.Put, "DOC-300", bob, text, ("If-Match", "*"))).Answer.IsRefused(428, "precondition_required");

        var shown = await SendAsync(HttpMethod.Get, "DOC-300", carol);
        Assert.Equal((200, created.ETag), (shown.Answer.Status, shown.ETag));
        Assert.Equal("Admin Policies", shown.Answer.Body.GetProperty("title").GetString());
        Assert.DoesNotContain("Revised.", shown.Answer.Text, StringComparison.Ordinal);
        Assert.Equal(304, (await SendAsync(HttpMethod.Get, "DOC-300", carol, null, ("If-None-Match", created.ETag!))).Answer.Status);

        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, "DOC-300", bob, null, ("If-Match", created.ETag!))).Answer.Status);
        (await SendAsync(HttpMethod.Get, "DOC-300", bob)).Answer.IsRefused(404, "document_not_found");
    }

    private async Task<string> TagAsync(string token, string document)
    {
        var list = await system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/api/documents"), token);
        return list.Body.EnumerateArray().Single(item => item.GetProperty("id").GetString() == document).GetProperty("etag").GetString()!;
    }

    private async Task<Answer> PutAsync(string token, string? tag) =>
        (await SendAsync(HttpMethod.Put, "DOC-003", token, Policies, tag is null ? [] : [("If-Match", tag)])).Answer;

    private async Task<(Answer Answer, string? ETag)> SendAsync(
        HttpMethod method, string document, string token, string? text = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(system.Gateway, $"/api/documents/{document}"));
        if (text is not null)
        {
            request.Content = new StringContent(text, MediaTypeHeaderValue.Parse("text/markdown"));
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await system.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await Answer.ReadAsync(response), response.Headers.ETag?.Tag);
    }
}
