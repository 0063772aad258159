using System.Text.Json.Nodes;

namespace TraceDemo.Topology.Realms;

/// <summary>
/// The realm that a deployed Keycloak imports, derived from the development realm: without its accounts, passwords, sign-in methods for
/// developers, and default values of secrets. Everything else remains unchanged.
/// </summary>
public static class ProductionRealm
{
    private const string CommandLineClient = "tracedemo-cli";
    private const string DeviceFlow = "oauth2.device.authorization.grant.enabled";
    private const string AfterLogout = "post.logout.redirect.uris";
    private const string ServiceRefreshTokens = "client_credentials.use_refresh_token";

    /// <summary>Writes the realm to the folder of the image's build, and returns
    /// the variables that a container of that image requires.</summary>
    public static IReadOnlyList<string> Write(string root, bool withCommandLine)
    {
        var realm = From(DevelopmentRealm.Load(root), withCommandLine);
        DevelopmentRealm.Write(realm, Path.Combine(root, "AppHost", "keycloak", "artifacts"));
        return RealmPlaceholders.Names(realm);
    }

    /// <summary>
    /// The production realm. If it contains the command line client, people sign in there by the device flow only: the client is public, so
    /// only their browser authenticates the request.
    /// </summary>
    public static JsonObject From(JsonObject developmentRealm, bool withCommandLine)
    {
        var realm = developmentRealm.DeepClone().AsObject();
        realm.Remove("users");
        realm["bruteForceProtected"] = true;
        if (realm["sslRequired"]?.GetValue<string>() is not "all")
        {
            realm["sslRequired"] = "external";
        }

        var clients = realm.List("clients");
        if (!withCommandLine)
        {
            clients.RemoveAll(client => client is JsonObject entry && IdOf(entry) == CommandLineClient);
        }
        // Keycloak creates this one itself, with the password grant enabled, unless the file contains it.
        if (!clients.Any(client => IdOf(client!) == "admin-cli"))
        {
            clients.Add(new JsonObject { ["clientId"] = "admin-cli", ["publicClient"] = true, ["fullScopeAllowed"] = false });
        }

        foreach (var client in clients.Objects())
        {
            Harden(client);
        }

        RealmPlaceholders.DropDefaults(realm);
        return realm;
    }

    private static void Harden(JsonObject client)
    {
        if (client["secret"]?.GetValue<string>() is { } secret && !secret.StartsWith("${", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The secret of client '{IdOf(client)}' is in the realm file in plain text; use a placeholder.");
        }

        client["directAccessGrantsEnabled"] = false;
        client["implicitFlowEnabled"] = false;
        Strip(client, "redirectUris");
        Strip(client, "webOrigins");
        RefuseWildcards(client);
        if (client["redirectUris"] is not JsonArray { Count: > 0 })
        {
            client["standardFlowEnabled"] = false;
        }

        if (client["attributes"] is not JsonObject attributes)
        {
            client["attributes"] = attributes = [];
        }

        attributes.Remove(ServiceRefreshTokens);
        attributes[DeviceFlow] = IdOf(client) == CommandLineClient ? "true" : "false";
    }

    /// <summary>Removes addresses on the machine of the user. A placeholder without a default is kept here and removed later.</summary>
    private static void Strip(JsonObject client, string member)
    {
        if (client[member] is JsonArray addresses)
        {
            client[member] = new JsonArray(
                [.. addresses.Texts().Where(address => !IsLoopback(address))
                    .Select(address => JsonValue.Create(address))]);
        }
    }

    /// <summary>Redirect URIs must match exactly (RFC 9700 §2.1):
    /// with a wildcard, an open redirect on any page below it leaks the code.</summary>
    private static void RefuseWildcards(JsonObject client)
    {
        var signIn = client["redirectUris"] is JsonArray addresses ? addresses.Texts() : [];
        var signOut = client["attributes"]?[AfterLogout]?.GetValue<string>().Split("##") ?? [];
        if (signIn.Concat(signOut).FirstOrDefault(address => address.Contains('*', StringComparison.Ordinal)) is { } wildcard)
        {
            throw new InvalidDataException(
                $"Client '{IdOf(client)}' has the redirect address '{wildcard}': only exact ones may be published.");
        }
    }

    private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static string? IdOf(JsonNode client) => client["clientId"]?.GetValue<string>();
}
