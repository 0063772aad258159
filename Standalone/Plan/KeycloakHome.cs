using TraceDemo.Standalone.Processes;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Standalone.Plan;

/// <summary>
/// A Keycloak distribution run from a separate home: its scripts, configuration and build result are copied, its libraries linked,
/// and its data starts empty, because Keycloak skips the import of an existing realm. The given folder stays unchanged.
/// </summary>
internal static class KeycloakHome
{
    private static readonly string[] Linked = ["providers", "themes"];
    private static readonly string[] Copied = ["bin", "conf"];

    public static bool IsDistribution(string folder) =>
        File.Exists(Path.Combine(folder, "bin", "kc.sh")) && Directory.Exists(Path.Combine(folder, "lib", "quarkus"));

    public static string Prepare(string distribution, string home, string root)
    {
        // Left behind by a killed system.
        if (Directory.Exists(home))
        {
            Directory.Delete(home, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(home, "lib"));
        foreach (var folder in Copied)
        {
            Copy(Path.Combine(distribution, folder), Path.Combine(home, folder));
        }

        foreach (var folder in Linked)
        {
            Link(Path.Combine(distribution, folder), Path.Combine(home, folder));
        }

        foreach (var entry in Directory.GetFileSystemEntries(Path.Combine(distribution, "lib")))
        {
            var target = Path.Combine(home, "lib", Path.GetFileName(entry));
            // Keycloak rewrites lib/quarkus when build options change, so this part must be a copy.
            if (File.Exists(entry))
            {
                File.Copy(entry, target);
            }
            else if (Path.GetFileName(entry) is "quarkus")
            {
                Copy(entry, target);
            }
            else
            {
                Link(entry, target);
            }
        }

        DevelopmentRealm.Write(root, Path.Combine(home, "data", "import"));
        return home;
    }

    public static ChildSpec Child(SystemPlan plan, string home)
    {
        var script = Path.Combine(home, "bin", OperatingSystem.IsWindows() ? "kc.bat" : "kc.sh");
        return new ChildSpec("keycloak", [script, "start-dev", "--import-realm"])
        {
            WorkingDirectory = home,
            Environment = Environment(plan),
            Url = new Uri($"http://localhost:{plan.Ports.Identity}"),
            Health = new Uri($"http://localhost:{plan.Ports.IdentityManagement}/health/ready"),
        };
    }

    /// <summary>Health, tracing and JDBC tracing are build options: these values match the distribution's own build result.</summary>
    private static Dictionary<string, string> Environment(SystemPlan plan)
    {
        var environment = plan.EnvironmentOf(plan.Settings.OfKeycloak());
        environment["KC_BOOTSTRAP_ADMIN_USERNAME"] = "admin";
        environment["KC_BOOTSTRAP_ADMIN_PASSWORD"] = plan.Secrets.AdminPassword;
        environment["KC_HOSTNAME"] = $"http://localhost:{plan.Ports.Identity}";
        environment["KC_HTTP_HOST"] = "127.0.0.1";
        environment["KC_HTTP_PORT"] = $"{plan.Ports.Identity}";
        environment["KC_HTTP_MANAGEMENT_PORT"] = $"{plan.Ports.IdentityManagement}";
        environment["KC_HEALTH_ENABLED"] = "true";
        return environment;
    }

    private static void Link(string source, string target)
    {
        if (!Directory.Exists(source))
        {
            return;
        }
        // Symbolic links require a privilege on Windows.
        if (OperatingSystem.IsWindows())
        {
            Copy(source, target);
        }
        else
        {
            Directory.CreateSymbolicLink(target, source);
        }
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(source))
        {
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
        }
    }
}
