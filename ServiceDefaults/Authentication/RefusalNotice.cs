using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Is told of each refusal of a verified caller before it is answered; throwing fails the request. The audit registers it.
/// </summary>
internal delegate ValueTask RefusalNotice(HttpContext context, Caller caller, ReasonCode reason);
