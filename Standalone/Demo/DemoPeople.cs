using System.Text.Json;
using TraceDemo.Topology;

namespace TraceDemo.Standalone.Demo;

/// <summary>
/// The accounts of a development system. Only people whose password equals their name are listed: an account added to the realm with
/// another password is never printed.
/// </summary>
internal sealed class DemoPeople(IReadOnlyList<DemoPerson> people)
{
    private static readonly Lazy<DemoPeople> FromRepository = new(
        () => Read(File.ReadAllText(Path.Combine(Repository.Root, "realms", "tracedemo-realm.json"))));

    public static DemoPeople OfRepository => FromRepository.Value;

    /// <summary>Such as "sign in as alice (engineering, finance) or bob (finance, admin); each password equals the user name".</summary>
    public string HowToSignIn =>
        $"sign in as {Listed(people.Select(person => $"{person.Name} ({string.Join(", ", person.Groups)})"))}; "
        + "each password equals the user name";

    public static DemoPeople Read(string realm)
    {
        var users = JsonSerializer.Deserialize<RealmUsers>(realm, JsonSerializerOptions.Web)?.Users ?? [];
        return new(
            [.. users.Where(user => user.Enabled && user.HasNameAsPassword)
                .Select(user => new DemoPerson(user.Username, [.. user.Groups.Select(group => group.TrimStart('/'))]))]);
    }

    /// <summary>The Dashboard shows a trace only to the person who made the request, and to administrators.</summary>
    public string WhoMayOpen(string? person)
    {
        var admins = Listed(people.Where(other => other.IsAdmin && other.Name != person).Select(admin => admin.Name));
        return person is null ? $"{admins} (admin) only, because no person takes part" : $"{person} and {admins} (admin)";
    }

    private static string Listed(IEnumerable<string> names) =>
        names.ToList() is [.. { Count: > 0 } first, var last] ? $"{string.Join(", ", first)} or {last}" : string.Concat(names);

    private sealed record RealmUsers(IReadOnlyList<RealmUser>? Users);

    private sealed record RealmUser(string Username, bool Enabled, IReadOnlyList<RealmCredential> Credentials, IReadOnlyList<string> Groups)
    {
        public bool HasNameAsPassword => Credentials.Any(credential => credential.Type == "password" && credential.Value == Username);
    }

    private sealed record RealmCredential(string Type, string? Value);
}
