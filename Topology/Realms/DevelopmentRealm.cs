using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Topology.Realms;

/// <summary>
/// The realm that a provider imports in development: realms/tracedemo-realm.json with a group for each department and a client for each
/// agent. Keycloak and DevIdentity import the same one.
/// </summary>
public static class DevelopmentRealm
{
    public const string FileName = "tracedemo-realm.json";

    public static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The source file of a realm.</summary>
    public static string Path(string root) => System.IO.Path.Combine(root, "realms", FileName);

    /// <summary>The realm of a working copy.</summary>
    /// <exception cref="InvalidDataException">An agent's file or the list of departments is invalid.</exception>
    public static JsonObject Load(string root)
    {
        var realm = JsonNode.Parse(File.ReadAllText(Path(root))) as JsonObject
            ?? throw new InvalidDataException($"{FileName} holds no realm.");
        Complete(realm, root);
        return realm;
    }

    /// <summary>Adds the groups and clients of the working copy's departments and agents.</summary>
    public static void Complete(JsonObject realm, string root)
    {
        var groups = realm["groups"] as JsonArray ?? [];
        realm["groups"] = groups;
        foreach (var department in Departments.Load(root)
            .Except(groups.Objects().Select(group => group.Text("name")).OfType<string>()).ToList())
        {
            groups.Add(new JsonObject { ["name"] = department });
        }

        AgentRealmObjects.AddTo(realm, AgentRoster.Load(root).Agents);
    }

    /// <summary>Writes the realm into a folder that a provider imports from.</summary>
    public static void Write(string root, string folder) => Write(Load(root), folder);

    internal static void Write(JsonObject realm, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(System.IO.Path.Combine(folder, FileName), realm.ToJsonString(Readable) + "\n");
    }
}
