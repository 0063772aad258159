using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

internal static class LiveExtensions
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<StreamOptions, StreamOptionsValidator>().BindConfiguration(StreamOptions.Section);
        builder.Services.AddSingleton<FragmentRenderer>();
        builder.Services.AddSingleton<LiveTraces>();
        builder.Services.AddSingleton<LiveStream>();
        builder.Services.AddSingleton<RenderedPages>();
        builder.Services.AddStreamLimits();
    }

    public static void MapLive(this WebApplication app)
    {
        app.Use(RenderedPages.SendAsync);
        app.UseRateLimiter();
        app.Use(app.Services.GetRequiredService<RenderedPages>().RenderAsync);
        app.MapGet("/traces/{id}/live", (TraceId id, LiveStream stream, HttpContext context) => stream.SendAsync(id, context))
            .WithMetadata(new LongResponse());
    }
}
