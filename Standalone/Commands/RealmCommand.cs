using TraceDemo.Topology.Realms;

namespace TraceDemo.Standalone.Commands;

/// <summary>Writes the production realm into the build context of the Keycloak
/// image and prints the variables that its container requires.</summary>
internal static class RealmCommand
{
    public static int Run(string root, RunOptions options, TextWriter output)
    {
        var variables = ProductionRealm.Write(root, options.WithCommandLine);
        output.WriteLine(
            "AppHost/keycloak/artifacts/tracedemo-realm.json is written. A container of the image needs, besides KC_HOSTNAME and the "
            + "database:");
        foreach (var variable in variables)
        {
            output.WriteLine($"  {variable}");
        }

        return 0;
    }
}
