using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>A proxy between the services and the identity provider, at the address of
/// the back channel, that counts exchanges.</summary>
internal sealed class CountingBackchannel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _provider = new();
    private readonly Uri _authority;
    private int _exchanges;

    private CountingBackchannel(WebApplication app, string authority)
    {
        (_app, _authority) = (app, new Uri(authority));
        _app.MapMethods("/{**path}", ["GET", "POST"], ForwardAsync);
    }

    public string Address => _app.Urls.Single() + _authority.AbsolutePath;

    public int Exchanges => Volatile.Read(ref _exchanges);

    public static async Task<CountingBackchannel> StartAsync(string authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var backchannel = new CountingBackchannel(builder.Build(), authority);
        await backchannel._app.StartAsync();
        return backchannel;
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(_authority, context.Request.Path + context.Request.QueryString));
        if (context.Request.Headers.Authorization is [{ } authorization])
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange")
            {
                Interlocked.Increment(ref _exchanges);
            }

            request.Content = new FormUrlEncodedContent(
                form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value))));
        }

        using var response = await _provider.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _provider.Dispose();
    }
}
