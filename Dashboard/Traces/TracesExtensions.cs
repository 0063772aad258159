using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TraceDemo.Dashboard.Traces;

internal static class TracesExtensions
{
    public static void AddTraces(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<TraceStoreOptions>().BindConfiguration("Traces").ValidateOnStart()
            .Validate(
                options =>
                    options is { MaxMemoryBytes: >= 1 << 20, PersonShare: >= 1, TraceShare: >= 1, SenderShare: >= 1, LogsPerSender: >= 1 },
                "Traces:MaxMemoryBytes is a MiB or more, its shares and LogsPerSender 1 or more.");
        builder.Services.AddSingleton<TraceStore>();
        builder.Services.AddSingleton<TraceQuery>();
    }
}
