using TraceDemo.Contracts;
using TraceDemo.DocumentService.Access;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Changes;

/// <summary>Creates, replaces and deletes documents. Changing a document requires read access:
/// every rule on the stored version must allow it first.</summary>
internal sealed class DocumentChanges(AccessControl control, DocumentStore store)
{
    /// <summary>With <c>If-None-Match: *</c> creates a document, otherwise
    /// stores a new version of the one that <c>If-Match</c> names.</summary>
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
            // From here on the caller may see the document, so a rejection includes the current version.
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
        // Without Location: the address of the request is the document's (RFC 9110 §15.3.2), and the gateway's address differs from ours.
        return Results.Created((string?)null, DocumentSummary.Of(written));
    }

    private static Rejection? RejectionOf(WriteOutcome outcome) => RejectionOf(outcome, Precondition.Changed);

    private static Rejection? RejectionOf(WriteOutcome outcome, Rejection changed) => outcome switch
    {
        WriteOutcome.Written => null,
        WriteOutcome.Full => new(ReasonCode.RequestInvalid,
            $"The maximum of {DocumentFolder.MaxFiles} documents is reached. Delete one first."),
        _ => changed,
    };

    private static Rejection Exists { get; } =
        new(ReasonCode.PreconditionFailed,
            "A document or file with this name already exists. Choose another id, or replace the document with If-Match.");
}
