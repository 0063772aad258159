using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Called for each rejected verified caller before the response; an exception fails the request. The audit registers it.
/// </summary>
internal delegate ValueTask RefusalNotice(HttpContext context, Caller caller, ReasonCode reason);
