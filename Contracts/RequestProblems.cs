using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts;

/// <summary>Responses to incomplete requests, the same from every service.</summary>
public static class RequestProblems
{
    /// <summary>The request does not name a document.</summary>
    public static IResult DocumentMissing { get; } = Problem.Result(
        ReasonCode.RequestInvalid, "Name the document: {\"documentId\": \"DOC-001\"}.", Problem.Members("documentId"));
}
