using System.Net.Http.Headers;
using System.Text;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Access;

/// <summary>Each test has documents of its own, because it changes them.</summary>
public sealed class DocumentEndpointTests : IAsyncLifetime
{
    private readonly DocumentServiceUnderTest _service = new();

    private static TestToken Editor => Tokens.Gateway("bob", "documents:read documents:write");

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task List_shows_titles_and_classification_and_never_content()
    {
        var answer = await _service.SendAsync(HttpMethod.Get, "/documents", Tokens.Gateway("carol"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"DOC-00{number}"),
            answer.Body.EnumerateArray().Select(document => document.GetProperty("id").GetString()));
        Assert.All(answer.Body.EnumerateArray(), document => Assert.Equal(
            ["id", "title", "classified", "departments", "match", "sensitivity", "owner", "etag"],
            document.EnumerateObject().Select(member => member.Name)));
        Assert.All(_service.Documents.All,
            document => Assert.DoesNotContain(document.Content.Split('\n')[2], answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_is_for_people_at_the_gateway_with_the_scope()
    {
        (TestToken Token, string Reason)[] cases =
        [
            (Tokens.Gateway("alice", "agents:read"), "insufficient_scope"),
            (Tokens.Direct("alice"), "caller_not_accepted"),
            (Tokens.Delegated("alice", "gpt4"), "caller_not_accepted"),
            (TestToken.Service("gateway", "document-service", "documents:read"), "delegation_required"),
        ];
        foreach (var (token, reason) in cases)
        {
            var answer = await _service.SendAsync(HttpMethod.Get, "/documents", token);
            Assert.Equal((403, reason), (answer.Status, answer.Reason));
        }
    }

    [Fact]
    public async Task Editor_replaces_a_document_and_its_next_reader_sees_the_new_version()
    {
        var before = ETag("DOC-003");

        var answer = await PutAsync("DOC-003", New("DOC-003"), Editor, before);

        Assert.Equal(200, answer.Status);
        Assert.Equal(("New title", ETag("DOC-003")), (answer.Body.GetProperty("title").GetString(), answer.Headers.ETag!.Tag));
        Assert.NotEqual(before, ETag("DOC-003"));
        Assert.Equal("Text of New title.",
            (await _service.DirectAsync("alice", "DOC-003")).Body.GetProperty("document").GetProperty("content").GetString());
        Assert.Contains("title: Admin Policies",
            await File.ReadAllTextAsync(Path.Combine(DocumentFolder.Shipped, "DOC-003.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editor_deletes_a_document()
    {
        var answer = await _service.SendAsync(
            HttpMethod.Delete, "/documents/DOC-003", Editor, (object?)null, ("If-Match", ETag("DOC-003")));

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal("document_not_found", (await _service.DirectAsync("bob", "DOC-003")).Reason);
        Assert.Equal(("document.delete", AuditOutcome.Allow, "department_match"), _service.Outcome(answer));
    }

    [Fact]
    public async Task Writing_requires_scope_group_and_gateway()
    {
        (TestToken Token, string Reason)[] cases =
        [
            (Tokens.Gateway("bob"), "insufficient_scope"),
            (Tokens.Gateway("alice", "documents:read documents:write"), "admin_required"),
            (Editor with { Groups = ["/finance", "/hr/admin"] }, "admin_required"),
            (Editor with { Client = "user-service" }, "caller_not_accepted"),
            (Editor with { Client = "agent-claude" }, "caller_not_accepted"),
        ];
        foreach (var (token, reason) in cases)
        {
            var answer = await PutAsync("DOC-003", New("DOC-003"), token, ETag("DOC-003"));
            Assert.Equal((403, reason), (answer.Status, answer.Reason));
            Assert.Equal(("request", AuditOutcome.Deny, reason), _service.Outcome(answer));
            Assert.Equal("PUT /documents/DOC-003", _service.Audit[0].Target);
        }
    }

    [Fact]
    public async Task Caller_without_write_access_does_not_learn_which_documents_exist()
    {
        foreach (var token in new[] { Tokens.Gateway("bob"), Tokens.Gateway("alice", "documents:read documents:write"),
            Editor with { Client = "user-service" } })
        {
            foreach (var ifMatch in new[] { null, ETag("DOC-003"), "no tag" })
            {
                var real = await PutAsync("DOC-003", New("DOC-003"), token, ifMatch);
                var made = await PutAsync("DOC-303", New("DOC-303"), token, ifMatch);

                Assert.Equal(403, real.Status);
                Assert.Equal(real.Text.Replace(real.TraceId, ""), made.Text.Replace(made.TraceId, ""));
            }
        }
    }

    [Theory]
    [InlineData("DOC-001")]
    [InlineData("DOC-004")]
    [InlineData("DOC-005")]
    public async Task Administrator_cannot_reclassify_a_document_they_may_not_read(string document)
    {
        var put = await PutAsync(document, New(document), Editor, ETag(document));
        var delete = await _service.SendAsync(
            HttpMethod.Delete, $"/documents/{document}", Editor, (object?)null, ("If-Match", ETag(document)));

        Assert.Equal((403, "department_required"), (put.Status, put.Reason));
        Assert.Equal((403, "department_required"), (delete.Status, delete.Reason));
        Assert.NotNull(_service.Documents.Find(DocumentId.Parse(document, null)));
    }

    [Theory]
    [InlineData(null, 428, "precondition_required")]
    [InlineData("*", 428, "precondition_required")]
    [InlineData("\"0123456789abcdef0123456789abcdef\"", 412, "precondition_failed")]
    [InlineData("no tag", 400, "request_invalid")]
    public async Task Write_without_the_current_version_is_refused(string? ifMatch, int status, string reason)
    {
        var put = await PutAsync("DOC-003", New("DOC-003"), Editor, ifMatch);
        var delete = await _service.SendAsync(HttpMethod.Delete, "/documents/DOC-003", Editor, (object?)null, ("If-Match", ifMatch ?? ""));

        Assert.Equal((status, reason), (put.Status, put.Reason));
        Assert.Equal((status, reason), (delete.Status, delete.Reason));
        Assert.Equal((ETag("DOC-003"), ETag("DOC-003")), (put.Headers.ETag?.Tag, delete.Headers.ETag?.Tag));
        Assert.Equal(("document.write", AuditOutcome.Deny, reason), _service.Outcome(put));
        Assert.Equal(("document.delete", AuditOutcome.Deny, reason), _service.Outcome(delete));
        Assert.All(_service.Audit, entry => Assert.Null(entry.Decision));
    }

    [Fact]
    public async Task Second_of_two_writers_with_the_same_version_gets_a_conflict()
    {
        var seen = ETag("DOC-003");

        Assert.Equal(200, (await PutAsync("DOC-003", New("DOC-003"), Editor, seen)).Status);
        var second = await PutAsync("DOC-003", New("DOC-003", title: "Other"), Editor, seen);
        Assert.Equal((412, ETag("DOC-003")), (second.Status, second.Headers.ETag?.Tag));
    }

    [Fact]
    public async Task Unknown_document_cannot_be_written()
    {
        var answer = await PutAsync("DOC-999", New("DOC-999"), Editor, "\"any\"");

        Assert.Equal((404, "document_not_found"), (answer.Status, answer.Reason));
        Assert.Equal(("document.write", AuditOutcome.Deny, "document_not_found"), _service.Outcome(answer));
    }

    [Fact]
    public async Task Unclassified_new_version_is_refused_naming_the_invalid_members()
    {
        (string Text, string[] Members)[] cases =
        [
            (New("DOC-003", departments: "sales"), ["departments"]),
            (New("DOC-003").Replace("match: any", "match: some").Replace("owner: Someone", ""), ["owner", "match"]),
            (New("DOC-001"), ["id"]),
            ("just text", ["frontMatter", "id", "title", "owner", "departments", "match", "sensitivity"]),
        ];
        var before = ETag("DOC-003");
        foreach (var (text, members) in cases)
        {
            var answer = await PutAsync("DOC-003", text, Editor, before);
            Assert.Equal((400, "request_invalid"), (answer.Status, answer.Reason));
            Assert.Equal(("document.write", AuditOutcome.Deny, "request_invalid"), _service.Outcome(answer));
            Assert.Equal(members, Answer.Words(answer.Body.GetProperty("members")));
        }

        Assert.Equal(before, ETag("DOC-003"));
    }

    [Theory]
    [InlineData("application/json", 415, "unsupported_media_type")]
    [InlineData("text/markdown; charset=iso-8859-1", 415, "unsupported_media_type")]
    [InlineData("text/markdown; charset=utf-8", 200, null)]
    public async Task Document_travels_as_markdown_in_utf8(string mediaType, int status, string? reason)
    {
        var answer = await PutAsync("DOC-003", New("DOC-003"), Editor, ETag("DOC-003"), mediaType);

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.Equal(("document.write", reason is null ? AuditOutcome.Allow : AuditOutcome.Deny, reason ?? "department_match"),
            _service.Outcome(answer));
    }

    [Fact]
    public async Task Document_over_64_KiB_is_too_large()
    {
        var answer = await PutAsync("DOC-003", New("DOC-003") + new string('x', 64 * 1024), Editor, ETag("DOC-003"));

        Assert.Equal((413, "request_too_large"), (answer.Status, answer.Reason));
        Assert.Equal(("document.write", AuditOutcome.Deny, "request_too_large"), _service.Outcome(answer));
    }

    private static string New(string id, string title = "New title", string departments = "admin") =>
        StoreFolder.Text(id, title, departments).Replace("departments: [admin]", "departments: [admin, engineering]");

    private string ETag(string document) => _service.Documents.Find(DocumentId.Parse(document, null))!.ETag;

    private Task<Answer> PutAsync(string document, string text, TestToken token, string? ifMatch, string mediaType = "text/markdown")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return _service.SendAsync(HttpMethod.Put, $"/documents/{document}", token, content, ifMatch is null ? [] : [("If-Match", ifMatch)]);
    }
}
