using System.Net.Http.Headers;

namespace TraceDemo.Tests.EndToEnd;

/// <summary>Changing a document through the gateway: who may, and that nobody overwrites what he has not seen.</summary>
[Collection(typeof(OnRunningSystem))]
public sealed class ChangeTests(RunningSystem system)
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
    public async Task An_administrator_replaces_the_version_he_has_seen()
    {
        var bob = await system.SignInAsync("bob");
        var seen = await TagAsync(bob, "DOC-003");

        Assert.InRange((await PutAsync(bob, seen)).Status, 200, 204);
        Assert.Contains("Revised.", (await system.ReadAsync(bob, "DOC-003")).IsGranted("department_match").Text, StringComparison.Ordinal);
        (await PutAsync(bob, seen)).IsRefused(412, "precondition_failed");
    }

    [Fact]
    public async Task Without_saying_which_version_nothing_is_replaced() =>
        (await PutAsync(await system.SignInAsync("bob"), null)).IsRefused(428, "precondition_required");

    [Fact]
    public async Task Nobody_else_replaces_anything()
    {
        var alice = await system.SignInAsync("alice");
        (await PutAsync(alice, await TagAsync(alice, "DOC-003"))).IsRefused(403, "admin_required");
    }

    private async Task<string> TagAsync(string token, string document)
    {
        var list = await system.AskAsync(HttpMethod.Get, new Uri(system.Gateway, "/api/documents"), token);
        return list.Body.EnumerateArray().Single(item => item.GetProperty("id").GetString() == document).GetProperty("etag").GetString()!;
    }

    private async Task<Answer> PutAsync(string token, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(system.Gateway, "/api/documents/DOC-003"))
        {
            Content = new StringContent(Policies, MediaTypeHeaderValue.Parse("text/markdown")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (tag is not null) { request.Headers.TryAddWithoutValidation("If-Match", tag); }

        using var response = await system.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
