using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Model;

/// <summary>
/// Calls a model outside the system. Nothing of the original request is forwarded: no trace context, no cookie, no token. A response
/// is read up to a limit, and errors are reported without its content.
/// </summary>
internal sealed partial class ModelClient(HttpClient http, TimeProvider time, ILogger<ModelClient> logger)
{
    public const int MaxResponseBytes = 1024 * 1024;

    /// <summary>No redirect: it could carry the key to another host.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public async Task<ModelReply> AskAsync(
        string agent, ModelOptions options, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(options, messages);
            using var response = await http.SendAsync(request, linked.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? Read(agent, await response.Content.ReadFromJsonAsync(ChatJson.Default.ChatResponse, linked.Token))
                : Fail(
                    agent, ReasonCode.UpstreamUnavailable, $"returned status {(int)response.StatusCode}{Hint(response.StatusCode, agent)}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Fail(agent, ReasonCode.UpstreamTimeout, $"took longer than {options.Timeout.TotalSeconds} s");
        }
        catch (HttpRequestException e)
        {
            return Fail(agent, ReasonCode.UpstreamUnavailable, e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
                ? $"returned more than {MaxResponseBytes} bytes"
                : $"could not be reached ({e.HttpRequestError})");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return Fail(agent, ReasonCode.UpstreamUnavailable, "did not return a chat completion");
        }
    }

    private static HttpRequestMessage Request(ModelOptions options, IReadOnlyList<ChatMessage> messages)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint!.ToString().TrimEnd('/') + "/chat/completions")
        {
            Content = JsonContent.Create(new ChatRequest(options.Model!, messages), ChatJson.Default.ChatRequest),
        };
        if (options.Key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        }

        return request;
    }

    private ModelReply Read(string agent, ChatResponse? response) =>
        response?.Choices is [{ Message.Content: { Length: > 0 } text }, ..]
            ? new ModelReply.Text(text)
            : Fail(agent, ReasonCode.UpstreamUnavailable, "did not return a chat completion");

    private static string Hint(HttpStatusCode status, string agent) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $": check Agents__{agent}__Key",
        HttpStatusCode.NotFound => $": check Agents__{agent}__Endpoint and Agents__{agent}__Model",
        HttpStatusCode.TooManyRequests => ": its rate limit is exceeded, try again later",
        _ => "",
    };

    private ModelReply.Failed Fail(string agent, ReasonCode reason, string what)
    {
        LogModelFailed(agent, reason.Value, what);
        return new ModelReply.Failed(reason, $"The model endpoint of '{agent}' {what}.");
    }

    [LoggerMessage(EventName = "model.failed", Level = LogLevel.Warning, Message = "The model endpoint of agent {Agent} {What} ({Reason})")]
    private partial void LogModelFailed(string agent, string reason, string what);
}
