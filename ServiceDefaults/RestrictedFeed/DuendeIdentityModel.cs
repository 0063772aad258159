// Stand-in for the package Duende.IdentityModel where a feed does not hold it; see the README of this folder.
#pragma warning disable CS1591 // The package documents these members.
using System.Collections.ObjectModel;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Duende.IdentityModel.Client;

public enum ClientCredentialStyle { AuthorizationHeader, PostBody }

public enum ResponseErrorType { None, Protocol, Http, Exception, PolicyViolation }

public sealed class Parameters : Collection<KeyValuePair<string, string>>
{
    public void Add(string key, string value) => Add(new KeyValuePair<string, string>(key, value));

    internal void AddOptional(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value)) { Add(key, value); }
    }
}

public class ProtocolRequest : HttpRequestMessage
{
    public string? Address { get; set; }
    public string ClientId { get; set; } = "";
    public string? ClientSecret { get; set; }
    public ClientCredentialStyle ClientCredentialStyle { get; set; } = ClientCredentialStyle.AuthorizationHeader;
    public Parameters Parameters { get; set; } = [];
}

public class TokenRequest : ProtocolRequest
{
    public string GrantType { get; set; } = "";
}

public sealed class TokenExchangeTokenRequest : TokenRequest
{
    public string? Audience { get; set; }
    public string? Scope { get; set; }
    public string? SubjectToken { get; set; }
    public string? SubjectTokenType { get; set; }
}

public sealed class ClientCredentialsTokenRequest : TokenRequest
{
    public string? Scope { get; set; }
}

public sealed class RefreshTokenRequest : TokenRequest
{
    public string? RefreshToken { get; set; }
    public string? Scope { get; set; }
}

public sealed class TokenResponse
{
    public JsonElement? Json { get; init; }
    public Exception? Exception { get; init; }
    public HttpStatusCode HttpStatusCode { get; init; }
    public ResponseErrorType ErrorType { get; init; }
    public bool IsError => ErrorType != ResponseErrorType.None;
    public string? Error => ErrorType == ResponseErrorType.Exception ? Exception?.Message : TryGet("error");
    public string? ErrorDescription => TryGet("error_description");
    public string? AccessToken => TryGet("access_token");
    public string? IdentityToken => TryGet("id_token");
    public string? RefreshToken => TryGet("refresh_token");
    public string? Scope => TryGet("scope");
    public string? IssuedTokenType => TryGet("issued_token_type");
    public int ExpiresIn => Json?.ValueKind == JsonValueKind.Object && Json.Value.TryGetProperty("expires_in", out var value) && value.TryGetInt32(out var seconds) ? seconds : 0;

    public string? TryGet(string name) =>
        Json?.ValueKind == JsonValueKind.Object && Json.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

public static class HttpClientTokenRequestExtensions
{
    public static Task<TokenResponse> RequestTokenExchangeTokenAsync(this HttpMessageInvoker client, TokenExchangeTokenRequest request, CancellationToken cancellationToken = default)
    {
        var form = Form(request, "urn:ietf:params:oauth:grant-type:token-exchange");
        form.AddOptional("subject_token", request.SubjectToken);
        form.AddOptional("subject_token_type", request.SubjectTokenType);
        form.AddOptional("audience", request.Audience);
        form.AddOptional("scope", request.Scope);
        return SendAsync(client, request, form, cancellationToken);
    }

    public static Task<TokenResponse> RequestClientCredentialsTokenAsync(this HttpMessageInvoker client, ClientCredentialsTokenRequest request, CancellationToken cancellationToken = default)
    {
        var form = Form(request, "client_credentials");
        form.AddOptional("scope", request.Scope);
        return SendAsync(client, request, form, cancellationToken);
    }

    public static Task<TokenResponse> RequestRefreshTokenAsync(this HttpMessageInvoker client, RefreshTokenRequest request, CancellationToken cancellationToken = default)
    {
        var form = Form(request, "refresh_token");
        form.AddOptional("refresh_token", request.RefreshToken);
        form.AddOptional("scope", request.Scope);
        return SendAsync(client, request, form, cancellationToken);
    }

    private static Parameters Form(TokenRequest request, string grantType)
    {
        Parameters form = [];
        form.Add("grant_type", grantType);
        foreach (var (key, value) in request.Parameters) { form.Add(key, value); }
        return form;
    }

    private static async Task<TokenResponse> SendAsync(HttpMessageInvoker client, TokenRequest request, Parameters form, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Address);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (request.ClientCredentialStyle == ClientCredentialStyle.AuthorizationHeader)
        {
            // RFC 6749 §2.3.1: both parts are form-urlencoded before they are joined.
            var pair = $"{Uri.EscapeDataString(request.ClientId)}:{Uri.EscapeDataString(request.ClientSecret ?? "")}";
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form.Add("client_id", request.ClientId);
            form.AddOptional("client_secret", request.ClientSecret);
        }

        message.Content = new FormUrlEncodedContent(form);
        try
        {
            using var response = await client.SendAsync(message, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new TokenResponse { ErrorType = ResponseErrorType.Exception, Exception = exception };
        }
    }

    private static async Task<TokenResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        JsonElement? json = null;
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            json = document.RootElement.Clone();
        }

        var errorType = response.StatusCode switch
        {
            HttpStatusCode.OK => ResponseErrorType.None,
            HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when json is not null => ResponseErrorType.Protocol,
            _ => ResponseErrorType.Http,
        };
        return new TokenResponse { Json = json, HttpStatusCode = response.StatusCode, ErrorType = errorType };
    }
}
