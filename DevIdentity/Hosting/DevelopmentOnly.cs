namespace TraceDemo.DevIdentity.Hosting;

/// <summary>This provider reads passwords from a file and persists nothing:
/// it must never be used in production.</summary>
internal static class DevelopmentOnly
{
    public static void Check(IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"DevIdentity does not start in environment '{environment.EnvironmentName}': its users, passwords and client secrets "
                + "are in a public file. "
                + "Use Keycloak or another provider with RFC 8693 there; for development set ASPNETCORE_ENVIRONMENT=Development.");
        }
    }
}
