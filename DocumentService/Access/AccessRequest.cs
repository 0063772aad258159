using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>What is to be done with a document. A transaction token grants exactly one of them.</summary>
[JsonConverter(typeof(ExactWordConverter<AccessAction>))]
internal enum AccessAction
{
    Read,
    Summarize,
    Review,

    /// <summary>Creating, changing and deleting have endpoints of their own.</summary>
    Create,
    Write,
    Delete,
}

/// <summary>The body of <c>POST /access</c>. Who asks is in the token, never here.</summary>
/// <param name="DocumentId">Required.</param>
/// <param name="Action">Read, summarize or review; read unless given.</param>
internal sealed record AccessRequest([property: Required] DocumentId? DocumentId = null, AccessAction? Action = null);

/// <summary>The answer when access is granted; a denial is a problem with the same members.</summary>
internal sealed record AccessGranted(bool Granted, ReasonCode Reason, DocumentContent Document, Decision Decision, string? TraceId);

/// <summary>A document as it is handed out.</summary>
internal sealed record DocumentContent(DocumentId Id, string Title, Sensitivity Sensitivity, string? Owner, string Content);
