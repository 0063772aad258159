using Microsoft.AspNetCore.Http;

namespace TraceDemo.Tests.Framework.Hosts;

internal static class Silence
{
    /// <summary>Answers nothing until whoever asked goes away.</summary>
    public static async Task KeepAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
