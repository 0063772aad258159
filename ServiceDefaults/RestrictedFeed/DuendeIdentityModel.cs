// Stand-in for the package Duende.IdentityModel where a feed does not hold it; see the README of this folder.
#pragma warning disable CS1591 // The package documents these members.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Duende.IdentityModel.Client;

public enum ResponseErrorType { None, Protocol, Http, Exception, PolicyViolation }

public sealed class Parameters : List<KeyValuePair<string, string>>
{
    public void Add(string key, string value) => Add(new KeyValuePair<string, string>(key, value));

    internal void AddRequired(string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new ArgumentException("Parameter is required", key);
        }

        AddOptional(key, value);
    }

    internal void AddOptional(string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }
        if (Exists(parameter => parameter.Key == key))
        {
            throw new InvalidOperationException($"Duplicate parameter: {key}");
        }

        Add(key, value);
    }
}

public class ProtocolRequest : HttpRequestMessage
{
    public string? Address { get; set; }
    public string ClientId { get; set; } = default!;
    public string? ClientSecret { get; set; }
    public Parameters Parameters { get; set; } = [];
}

public class TokenRequest : ProtocolRequest;

public sealed class TokenExchangeTokenRequest : TokenRequest
{
    public string? Audience { get; set; }
    public string? Scope { get; set; }
    public string SubjectToken { get; set; } = default!;
    public string SubjectTokenType { get; set; } = default!;
}

public sealed class ClientCredentialsTokenRequest : TokenRequest
{
    public string? Scope { get; set; }
}

public sealed class RefreshTokenRequest : TokenRequest
{
    public string RefreshToken { get; set; } = default!;
    public string? Scope { get; set; }
}

public sealed class TokenResponse : IDisposable
{
    public HttpResponseMessage? HttpResponse { get; private set; }
    public string? Raw { get; private set; }
    public JsonElement? Json { get; private set; }
    public Exception? Exception { get; private set; }
    public ResponseErrorType ErrorType { get; private set; }
    public bool IsError => !string.IsNullOrWhiteSpace(Error) || ErrorType != ResponseErrorType.None;
    public HttpStatusCode HttpStatusCode => HttpResponse?.StatusCode ?? default;
    public string? HttpErrorReason => HttpResponse?.ReasonPhrase;
    public string? AccessToken => TryGet("access_token");
    public string? IdentityToken => TryGet("id_token");
    public string? RefreshToken => TryGet("refresh_token");
    public string? Scope => TryGet("scope");
    public string? IssuedTokenType => TryGet("issued_token_type");
    public string? ErrorDescription => TryGet("error_description");
    public int ExpiresIn => int.TryParse(TryGet("expires_in"), out var seconds) ? seconds : 0;

    // The library treats every status except 200 and 400 as an HTTP error; the provider's own error code remains in the JSON.
    public string? Error => ErrorType switch
    {
        ResponseErrorType.Http => HttpErrorReason,
        ResponseErrorType.Exception => Exception!.Message,
        _ => TryGet("error"),
    };

    public string? TryGet(string name) => Json is { } json && json.TryGetProperty(name, out var value) ? value.ToString() : null;

    public void Dispose()
    {
        HttpResponse?.Dispose();
        HttpResponse = null;
    }

    internal static TokenResponse From(Exception exception) => new() { ErrorType = ResponseErrorType.Exception, Exception = exception };

    internal static async Task<TokenResponse> FromAsync(HttpResponseMessage http)
    {
        var response = new TokenResponse { HttpResponse = http };
        try
        {
            response.Raw = await http.Content.ReadAsStringAsync();
        }
        catch (Exception unreadable)
        {
            response.ErrorType = ResponseErrorType.Exception;
            response.Exception = unreadable;
        }

        var bad = http.StatusCode == HttpStatusCode.BadRequest;
        if (!http.IsSuccessStatusCode)
        {
            response.ErrorType = bad ? ResponseErrorType.Protocol : ResponseErrorType.Http;
        }
        try
        {
            if (!string.IsNullOrWhiteSpace(response.Raw))
            {
                response.Json = JsonDocument.Parse(response.Raw).RootElement;
            }
        }
        catch (JsonException noJson)
        {
            if (response.ErrorType != ResponseErrorType.Http)
            {
                response.ErrorType = ResponseErrorType.Exception;
                response.Exception = noJson;
            }
        }

        return response;
    }
}

public static class HttpClientTokenRequestExtensions
{
    public static async Task<TokenResponse> RequestTokenExchangeTokenAsync(
        this HttpMessageInvoker client, TokenExchangeTokenRequest request, CancellationToken cancellationToken = default)
    {
        var form = Form(request, "urn:ietf:params:oauth:grant-type:token-exchange");
        form.AddRequired("subject_token", request.SubjectToken);
        form.AddRequired("subject_token_type", request.SubjectTokenType);
        form.AddOptional("audience", request.Audience);
        form.AddOptional("scope", request.Scope);
        return await SendAsync(client, request, form, cancellationToken);
    }

    public static async Task<TokenResponse> RequestClientCredentialsTokenAsync(
        this HttpMessageInvoker client, ClientCredentialsTokenRequest request, CancellationToken cancellationToken = default)
    {
        var form = Form(request, "client_credentials");
        form.AddOptional("scope", request.Scope);
        return await SendAsync(client, request, form, cancellationToken);
    }

    public static async Task<TokenResponse> RequestRefreshTokenAsync(
        this HttpMessageInvoker client, RefreshTokenRequest request, CancellationToken cancellationToken = default)
    {
        var form = Form(request, "refresh_token");
        form.AddRequired("refresh_token", request.RefreshToken);
        form.AddOptional("scope", request.Scope);
        return await SendAsync(client, request, form, cancellationToken);
    }

    private static Parameters Form(TokenRequest request, string grantType)
    {
        Parameters form = [.. request.Parameters];
        form.AddRequired("grant_type", grantType);
        return form;
    }

    private static async Task<TokenResponse> SendAsync(
        HttpMessageInvoker client, TokenRequest request, Parameters form, CancellationToken cancellationToken)
    {
        // Not disposed, as in the package: the response refers to it.
        var message = new HttpRequestMessage(HttpMethod.Post, request.Address) { Content = new FormUrlEncodedContent(form) };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        // RFC 6749 §2.3.1: both parts are form-urlencoded before they are joined.
        var pair = $"{Encode(request.ClientId)}:{Encode(request.ClientSecret ?? "")}";
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        try
        {
            return await TokenResponse.FromAsync(await client.SendAsync(message, cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return TokenResponse.From(exception);
        }
    }

    private static string Encode(string part) => Uri.EscapeDataString(part).Replace("%20", "+", StringComparison.Ordinal);
}
