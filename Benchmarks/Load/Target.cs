using System.Net;
using System.Net.Http.Headers;

namespace TraceDemo.Benchmarks.Load;

/// <summary>One request that is sent repeatedly over its own connections.
/// Any status other than 200 is an error that aborts the run.</summary>
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

    /// <summary>Renewed between rounds, because access tokens expire after two minutes.</summary>
    public string? Token { get; set; }

    /// <summary>Processor time used so far by the processes behind the target. Unlike throughput,
    /// it hardly depends on the other load of the machine.</summary>
    public Func<TimeSpan> ProcessorTime { get; init; } = () => TimeSpan.Zero;

    /// <summary>A healthy service may not be fully ready: it reads the agent registry in the background, for example.</summary>
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
                $"{name} returned status {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
