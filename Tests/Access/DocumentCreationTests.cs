using System.Text;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Tests.Access;

/// <summary>One document by its address: looked at, and created. Each test has documents of its own, because it changes them.</summary>
public sealed class DocumentCreationTests : IAsyncLifetime
{
    private static readonly (string, string) IfNoneMatchAny = ("If-None-Match", "*");

    private readonly DocumentServiceUnderTest _service = new();

    private static TestToken Editor => Tokens.Gateway("bob", "documents:read documents:write");

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("DOC-001")]
    [InlineData("DOC-003")]
    public async Task Single_document_has_the_members_of_its_list_entry_and_never_its_content(string document)
    {
        var list = await GetAsync("/documents", Tokens.Gateway("carol"));
        var one = await GetAsync($"/documents/{document}", Tokens.Gateway("carol"));

        Assert.Equal(200, one.Status);
        Assert.Equal(list.Body.EnumerateArray().Single(item => item.GetProperty("id").GetString() == document).GetRawText(), one.Text);
        Assert.Equal((Find(document).ETag, Find(document).ETag), (one.Headers.ETag?.Tag, one.Body.GetProperty("etag").GetString()));
        Assert.DoesNotContain(Find(document).Content.Split('\n')[2], one.Text, StringComparison.Ordinal);
        Assert.Equal((404, "document_not_found"),
            ((await GetAsync("/documents/DOC-999", Tokens.Gateway("carol"))).Status,
                (await GetAsync("/documents/DOC-999", Tokens.Gateway("carol"))).Reason));
    }

    [Fact]
    public async Task Caller_without_access_to_the_list_sees_none_of_its_documents()
    {
        foreach (var token in new[] { Tokens.Gateway("alice", "agents:read"), Tokens.Direct("alice"), Tokens.Delegated("alice", "gpt4"),
            TestToken.Service("gateway", "document-service", "documents:read") })
        {
            var (list, real, made) = (await GetAsync("/documents", token), await GetAsync("/documents/DOC-001", token),
                await GetAsync("/documents/DOC-999", token));

            Assert.Equal((403, list.Reason), (real.Status, real.Reason));
            Assert.Equal(real.Text.Replace(real.TraceId, ""), made.Text.Replace(made.TraceId, ""));
        }
    }

    [Theory]
    [InlineData("/documents")]
    [InlineData("/documents/DOC-003")]
    public async Task Caller_with_the_current_version_gets_not_modified(string path)
    {
        var first = await GetAsync(path, Editor);
        var second = await GetAsync(path, Editor, ("If-None-Match", first.Headers.ETag!.Tag));
        Assert.Equal((304, ""), (second.Status, second.Text));

        Assert.Equal(200,
            (await PutAsync("DOC-003", StoreFolder.Text("DOC-003", "New", "admin"), Editor, ("If-Match", Find("DOC-003").ETag))).Status);
        var third = await GetAsync(path, Editor, ("If-None-Match", first.Headers.ETag.Tag));
        Assert.Equal(200, third.Status);
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
    }

    [Fact]
    public async Task Administrator_creates_a_document_that_does_not_exist_yet()
    {
        var answer = await PutAsync("DOC-100", StoreFolder.Text("DOC-100", "Made"), Editor, IfNoneMatchAny);

        Assert.Equal((201, "Made"), (answer.Status, answer.Body.GetProperty("title").GetString()));
        Assert.Equal((Find("DOC-100").ETag, Find("DOC-100").ETag), (answer.Headers.ETag?.Tag, answer.Body.GetProperty("etag").GetString()));
        Assert.Null(answer.Headers.Location);
        Assert.Equal(("document.create", AuditOutcome.Allow, null), _service.Outcome(answer));
        Assert.Equal("Text of Made.",
            (await _service.DirectAsync("alice", "DOC-100")).Body.GetProperty("document").GetProperty("content").GetString());
        Assert.Equal(
            200, (await PutAsync("DOC-100", StoreFolder.Text("DOC-100", "Again"), Editor, ("If-Match", answer.Headers.ETag!.Tag))).Status);
    }

    [Theory]
    [InlineData("DOC-001")]
    [InlineData("DOC-003")]
    public async Task Creation_does_not_replace_an_existing_document(string document)
    {
        var before = Find(document).ETag;

        var answer = await PutAsync(document, StoreFolder.Text(document), Editor, IfNoneMatchAny);

        Assert.Equal((412, "precondition_failed", before), (answer.Status, answer.Reason, Find(document).ETag));
        Assert.Equal(before, answer.Headers.ETag?.Tag);
        Assert.Equal(("document.create", AuditOutcome.Deny, "precondition_failed"), _service.Outcome(answer));
    }

    [Fact]
    public async Task Exactly_one_of_many_concurrent_creators_creates_the_document()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(number => PutAsync("DOC-100", StoreFolder.Text("DOC-100", $"Creator {number}"), Editor, IfNoneMatchAny)));

        var created = Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer != created),
            answer => Assert.Equal((412, "precondition_failed"), (answer.Status, answer.Reason)));
        Assert.Equal(created.Body.GetProperty("title").GetString(), Find("DOC-100").Title);
    }

    [Fact]
    public async Task Invalid_creation_condition_is_refused_with_the_condition_to_send()
    {
        (string, string)[][] conditions =
        [
            [("If-None-Match", "\"abc\"")],
            [("If-None-Match", "")],
            [("If-None-Match", "*, \"abc\"")],
            [IfNoneMatchAny, ("If-Match", "*")],
            [IfNoneMatchAny, ("If-Match", "\"abc\"")],
        ];
        foreach (var condition in conditions)
        {
            var answer = await PutAsync("DOC-100", StoreFolder.Text("DOC-100"), Editor, condition);
            Assert.Equal((400, "request_invalid"), (answer.Status, answer.Reason));
        }

        var required = await PutAsync("DOC-003", StoreFolder.Text("DOC-003"), Editor, ("If-Match", "*"));
        Assert.Equal((428, "precondition_required"), (required.Status, required.Reason));
        Assert.Contains("If-None-Match: *", required.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var delete = await _service.SendAsync(
            HttpMethod.Delete, "/documents/DOC-003", Editor, (object?)null, IfNoneMatchAny, ("If-Match", Find("DOC-003").ETag));
        Assert.Equal((400, "request_invalid"), (delete.Status, delete.Reason));
        Assert.DoesNotContain(_service.Audit, entry => entry.Outcome == AuditOutcome.Allow);
    }

    [Theory]
    [InlineData("no metadata", "text/markdown", 400, "request_invalid")]
    [InlineData("---\nid: DOC-101\n---\n", "text/markdown", 400, "request_invalid")]
    [InlineData("{}", "application/json", 415, "unsupported_media_type")]
    public async Task Document_without_valid_classification_is_not_created(string text, string mediaType, int status, string reason)
    {
        var content = new StringContent(text, Encoding.UTF8, mediaType);

        var answer = await _service.SendAsync(HttpMethod.Put, "/documents/DOC-100", Editor, content, IfNoneMatchAny);

        Assert.Equal((status, reason), (answer.Status, answer.Reason));
        Assert.Equal(("document.create", AuditOutcome.Deny, reason), _service.Outcome(answer));
        Assert.Equal(7, _service.Documents.All.Length);
    }

    private Document Find(string document) => _service.Documents.Find(DocumentId.Parse(document, null))!;

    private Task<Answer> GetAsync(string path, TestToken token, params (string, string)[] headers) =>
        _service.SendAsync(HttpMethod.Get, path, token, (object?)null, headers);

    private Task<Answer> PutAsync(string document, string text, TestToken token, params (string, string)[] headers) =>
        _service.SendAsync(HttpMethod.Put, $"/documents/{document}", token,
            new StringContent(text, Encoding.UTF8, "text/markdown"), headers);
}
