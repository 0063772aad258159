namespace TraceDemo.DevIdentity.Hosting;

/// <summary>This provider knows its people's passwords from a file and keeps nothing:
/// it must not be reachable where anything is at stake.</summary>
internal static class DevelopmentOnly
{
    public static void Check(IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"DevIdentity does not start in environment '{environment.EnvironmentName}': its users, passwords and client secrets "
                + "stand in a file that everybody has. "
                + "Use Keycloak or another provider with RFC 8693 there; for development set ASPNETCORE_ENVIRONMENT=Development.");
        }
    }
}
