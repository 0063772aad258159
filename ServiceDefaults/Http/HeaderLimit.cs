using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Rejects oversized headers with a reason; Kestrel's own, higher limit answers without one.</summary>
internal sealed class HeaderLimit(RequestDelegate next)
{
    private const int MaxHeaderBytes = 32 * 1024;

    public Task InvokeAsync(HttpContext context) => AreTooLarge(context.Request.Headers)
        ? Problem.WriteAsync(context, ReasonCode.HeadersTooLarge, "The request's headers are larger than 32 KiB.")
        : next(context);

    private static bool AreTooLarge(IHeaderDictionary headers)
    {
        var bytes = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                bytes += name.Length + (value?.Length ?? 0) + 4;
            }
        }

        return bytes > MaxHeaderBytes;
    }
}
