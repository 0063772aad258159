using TraceDemo.Contracts;
using TraceDemo.DocumentService.Access;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Changes;

/// <summary>Creates, replaces and deletes documents. Nobody changes what he may not
/// read: every rule on the stored version must allow first.</summary>
internal sealed class DocumentChanges(AccessControl control, DocumentStore store)
{
    /// <summary>With <c>If-None-Match: *</c> a document that there is not yet,
    /// otherwise a new version of the one named by <c>If-Match</c>.</summary>
    public Task<IResult> PutAsync(DocumentId id, AuditedRequest audited, HttpContext context) =>
        context.Request.Headers.IfNoneMatch.Count > 0 ? CreateAsync(id, audited, context) : ReplaceAsync(id, audited, context);

    public async Task<IResult> DeleteAsync(DocumentId id, AuditedRequest audited, HttpContext context)
    {
        var outcome = await control.ChangeAsync(new AccessAttempt(audited, id, AccessAction.Delete, null), async stored =>
        {
            context.Response.Headers.ETag = stored.ETag;
            return Precondition.CheckChange(context.Request.Headers, stored.ETag)
                ?? RejectionOf(await store.WriteAsync(stored, null, context.RequestAborted));
        });
        if (outcome is not AccessOutcome.Granted)
        {
            return outcome.ToResult();
        }

        context.Response.Headers.ETag = default;
        return Results.NoContent();
    }

    private async Task<IResult> ReplaceAsync(DocumentId id, AuditedRequest audited, HttpContext context)
    {
        Document? written = null;
        var outcome = await control.ChangeAsync(new AccessAttempt(audited, id, AccessAction.Write, null), async stored =>
        {
            // What is refused from here on, whoever sent it may see: the version that there is comes along.
            context.Response.Headers.ETag = stored.ETag;
            if (Precondition.CheckChange(context.Request.Headers, stored.ETag) is { } unmet)
            {
                return unmet;
            }

            var (content, rejection) = await DocumentBody.ReadAsync(context.Request, store, id);
            written = store.Preview(id, content);
            return rejection ?? RejectionOf(await store.WriteAsync(stored, content, context.RequestAborted));
        });
        if (outcome is not AccessOutcome.Granted || written is null)
        {
            return outcome.ToResult();
        }

        context.Response.Headers.ETag = written.ETag;
        return Results.Ok(DocumentSummary.Of(written));
    }

    private async Task<IResult> CreateAsync(DocumentId id, AuditedRequest audited, HttpContext context)
    {
        Document? written = null;
        var outcome = await control.CreateAsync(new AccessAttempt(audited, id, AccessAction.Create, null), async () =>
        {
            if (Precondition.CheckCreation(context.Request.Headers) is { } unmet)
            {
                return unmet;
            }

            if (store.Find(id) is { } stored)
            {
                context.Response.Headers.ETag = stored.ETag;
                return Exists;
            }

            var (content, rejection) = await DocumentBody.ReadAsync(context.Request, store, id);
            written = store.Preview(id, content);
            return rejection ?? RejectionOf(await store.CreateAsync(id, content, context.RequestAborted), Exists);
        });
        if (outcome is not AccessOutcome.Created || written is null)
        {
            return outcome.ToResult();
        }

        context.Response.Headers.ETag = written.ETag;
        // Without Location: the address that was written to is the document's (RFC 9110 §15.3.2), and the gateway's is another than ours.
        return Results.Created((string?)null, DocumentSummary.Of(written));
    }

    private static Rejection? RejectionOf(WriteOutcome outcome) => RejectionOf(outcome, Precondition.Changed);

    private static Rejection? RejectionOf(WriteOutcome outcome, Rejection changed) => outcome switch
    {
        WriteOutcome.Written => null,
        WriteOutcome.Full => new(ReasonCode.RequestInvalid,
            $"There are {DocumentFolder.MaximumFiles} documents, which is all that is served. Delete one first."),
        _ => changed,
    };

    private static Rejection Exists { get; } =
        new(ReasonCode.PreconditionFailed,
            "There is a document or a file of this name already. Choose another id, or replace the document with If-Match.");
}
