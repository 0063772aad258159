using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

internal static class LiveExtensions
{
    public static WebApplicationBuilder AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<StreamOptions, StreamOptionsValidator>().BindConfiguration(StreamOptions.Section);
        builder.Services.AddSingleton<FragmentRenderer>();
        builder.Services.AddSingleton<LiveTraces>();
        builder.Services.AddSingleton<LiveStream>();
        builder.Services.AddSingleton<RenderedPages>();
        return builder.AddStreamLimits();
    }

    /// <summary>Sends each page after the turn in which it was rendered.</summary>
    public static void UseLive(this IApplicationBuilder app)
    {
        app.Use(RenderedPages.SendAsync);
        app.UseRateLimiter();
        app.Use(app.ApplicationServices.GetRequiredService<RenderedPages>().RenderAsync);
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/traces/{id}/live", (TraceId id, LiveStream stream, HttpContext context) => stream.SendAsync(id, context))
            .WithMetadata(new LongResponse());
}
