using System.Net;
using System.Net.Http.Headers;

namespace TraceDemo.Benchmarks.Load;

/// <summary>One request that is sent again and again, over connections of its
/// own. Anything but 200 is an error that ends the run.</summary>
internal sealed class Target(string name, HttpMethod method, Uri address, byte[]? body = null) : IDisposable
{
    private const int Attempts = 150;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
    });

    public string Name => name;

    /// <summary>Renewed between rounds, because access tokens live two minutes.</summary>
    public string? Token { get; set; }

    /// <summary>What the processes behind the target have used so far. It hardly depends
    /// on what else the machine has to do, as throughput does.</summary>
    public Func<TimeSpan> ProcessorTime { get; init; } = () => TimeSpan.Zero;

    /// <summary>Healthy is not yet ready for everything: the agent registry, for one, is read in the background.</summary>
    public async Task WaitUntilAnsweredAsync(CancellationToken cancellationToken)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                await SendAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException) when (left > 0)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        if (Token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidOperationException(
                $"{name} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
