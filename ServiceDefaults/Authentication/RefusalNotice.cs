using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Is told of each refusal of a verified caller before it is answered. The audit registers it; throwing fails the request.</summary>
internal delegate ValueTask RefusalNotice(HttpContext context, Caller caller, ReasonCode reason);
