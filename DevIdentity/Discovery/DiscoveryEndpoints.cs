using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Grants;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Discovery;

/// <summary>OpenID Connect Discovery §3, RFC 8414: Keycloak's members, restricted to what is supported here.</summary>
internal static class DiscoveryEndpoints
{
    private static readonly string[] ClientMethods = ["private_key_jwt", "client_secret_basic", "client_secret_post"];
    private static readonly string[] AssertionAlgorithms = ["RS256", "PS256", "ES256"];

    public static void MapDiscovery(this IEndpointRouteBuilder realm) => realm.MapGet("/.well-known/openid-configuration", Describe);

    private static JsonObject Describe(Issuer issuer, Realm realm, TokenEndpoint token)
    {
        var document = new JsonObject
        {
            ["issuer"] = issuer.Value,
            ["authorization_endpoint"] = $"{issuer.Protocol}/auth",
            ["token_endpoint"] = $"{issuer.Protocol}/token",
            ["introspection_endpoint"] = $"{issuer.Protocol}/token/introspect",
            ["userinfo_endpoint"] = $"{issuer.Protocol}/userinfo",
            ["end_session_endpoint"] = $"{issuer.Protocol}/logout",
            ["jwks_uri"] = $"{issuer.Protocol}/certs",
            ["revocation_endpoint"] = $"{issuer.Protocol}/revoke",
            ["device_authorization_endpoint"] = $"{issuer.Protocol}/auth/device",
            ["grant_types_supported"] = Array([.. token.GrantTypes]),
            ["acr_values_supported"] = Array(["0", "1"]),
            ["response_types_supported"] = Array(["code"]),
            ["response_modes_supported"] = Array(["query"]),
            ["subject_types_supported"] = Array(["public"]),
            ["prompt_values_supported"] = Array(["none", "login"]),
            ["id_token_signing_alg_values_supported"] = Array(["RS256"]),
            ["claims_supported"] = Array(
                ["iss", "sub", "aud", "exp", "iat", "auth_time", "name", "preferred_username", "email", "acr", "azp", "nonce"]),
            ["claim_types_supported"] = Array(["normal"]),
            ["scopes_supported"] = Array([.. realm.ScopeNames]),
            ["request_parameter_supported"] = false,
            ["request_uri_parameter_supported"] = false,
            ["code_challenge_methods_supported"] = Array([Pkce.Method]),
            ["backchannel_logout_supported"] = true,
            ["backchannel_logout_session_supported"] = true,
            ["authorization_response_iss_parameter_supported"] = true,
        };
        foreach (var endpoint in (string[])["token", "introspection", "revocation"])
        {
            document[$"{endpoint}_endpoint_auth_methods_supported"] = Array(ClientMethods);
            document[$"{endpoint}_endpoint_auth_signing_alg_values_supported"] = Array(AssertionAlgorithms);
        }

        return document;
    }

    private static JsonArray Array(string[] values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
