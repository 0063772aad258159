using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// The framework's authorization code flow with PKCE, plus OpenID Connect: endpoints from the provider's metadata, nonce,
/// the issuer of the response (RFC 9207), and the ID token as the only source of identity.
/// </summary>
internal sealed class CodeFlow(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentityProvider provider, IdTokens tokens)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string FailedPath = "/sign-in-failed";
    private const string NonceItem = ".nonce";
    private string _authorizationEndpoint = "";
    private Uri? _tokenEndpoint;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (await provider.MetadataAsync(Context.RequestAborted) is not { AuthorizationEndpoint: { } endpoint })
        {
            Response.Redirect(FailedPath);
            return;
        }

        _authorizationEndpoint = endpoint.AbsoluteUri;
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        properties.Items[NonceItem] = nonce;
        var query = new Uri(base.BuildChallengeUrl(properties, redirectUri)).Query;
        return QueryHelpers.AddQueryString(_authorizationEndpoint + query, "nonce", nonce);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        try
        {
            var metadata = await provider.MetadataAsync(Context.RequestAborted) ?? throw ProviderUnavailableException.NoResponse;
            _tokenEndpoint = metadata.TokenEndpoint;
            return await ContinueAsync(metadata);
        }
        catch (Exception failure) when (failure is ProviderUnavailableException or HttpRequestException or AuthenticationFailureException)
        {
            return HandleRequestResult.Fail(failure);
        }
    }

    private Task<HandleRequestResult> ContinueAsync(ProviderMetadata metadata)
    {
        // RFC 9207 §2.4: a response from another issuer indicates a mix-up attack.
        var issuer = Request.Query["iss"].ToString();
        return (issuer.Length > 0 || metadata.IncludesIssuerInResponse) && issuer != Options.ClaimsIssuer
            ? Task.FromResult(HandleRequestResult.Fail("The response does not come from the configured issuer."))
            : base.HandleRemoteAuthenticateAsync();
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        using var client = provider.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _tokenEndpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = context.Code,
                ["redirect_uri"] = context.RedirectUri,
                ["code_verifier"] = context.Properties.Items[OAuthConstants.CodeVerifierKey] ?? "",
                ["client_id"] = Options.ClientId,
                ["client_secret"] = Options.ClientSecret,
            }),
        };
        using var response = await client.SendAsync(request, Context.RequestAborted);
        return response.IsSuccessStatusCode
            ? OAuthTokenResponse.Success(
                await System.Text.Json.JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Context.RequestAborted)))
            : OAuthTokenResponse.Failed(
                new AuthenticationFailureException($"The provider did not redeem the code ({(int)response.StatusCode})."));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse response)
    {
        var idToken = response.Response is { } document && document.RootElement.TryGetProperty("id_token", out var value)
            ? value.GetString()
            : null;
        var nonce = properties.Items.TryGetValue(NonceItem, out var sent) ? sent : null;
        properties.Items.Remove(NonceItem);
        var person = idToken is null || nonce is null ? null : await tokens.IdentityAsync(idToken, nonce, Context.RequestAborted);
        return person is null
            ? throw new AuthenticationFailureException("The provider's ID token is missing or not valid for this sign-in.")
            : new AuthenticationTicket(new ClaimsPrincipal(person), properties, Scheme.Name);
    }
}
