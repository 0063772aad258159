using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Commands;

internal static class Help
{
    public static string Text { get; } = $"""
        TraceDemo without Docker: every service as a plain process. Needs only the .NET SDK.

          dotnet run --project Standalone                    build and start everything; Ctrl+C stops it
          dotnet run --project Standalone -- demo            the four scenarios, on a system that runs here on any ports,
                                                             else on one of its own
          dotnet run --project Standalone -- test            every test
          dotnet run --project Standalone -- realm           write the production realm for the Keycloak image
                                                             (--with-cli: with the command line client, by device flow only)
          dotnet run --project Standalone -- agent add <id>  give the agent of agents/<id>.json its client in a realm that exists already,
                                                             with KEYCLOAK_ADMIN_USERNAME and KEYCLOAK_ADMIN_PASSWORD, or say how
                                                             (--server <url>, --realm <name>; else http://localhost:8080 and tracedemo)

        Options of up and demo:
          --port-base N          take the {Ports.Count} ports from N: {Order()}
                                 (without it: {Defaults()})
          --keycloak <folder>    a Keycloak distribution in place of the development identity provider; needs Java
          --redis host:port      a Redis that runs there, without a password, keeps the services' state; without it, memory does
          --help                 this text
        """;

    private static string Order() => string.Join(", ", Ports.From(0).All.Select(entry => $"N+{entry.Port} {entry.Name}"));

    private static string Defaults() => string.Join(", ", Ports.Default.All.Select(entry => $"{entry.Name} {entry.Port}"));
}
