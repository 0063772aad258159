namespace TraceDemo.Standalone.Topology;

/// <summary>
/// One process of ours. The name is the one every configuration key is made of; the project is the folder it is built from and works in.
/// </summary>
internal sealed record Service(string Name, string Project, Func<Ports, int> Port)
{
    public static readonly Service Identity = new("identity", "DevIdentity", ports => ports.Identity);
    public static readonly Service Gateway = new("gateway", "Gateway", ports => ports.Gateway);
    public static readonly Service UserService = new("user-service", "UserService", ports => ports.UserService);
    public static readonly Service AgentService = new("agent-service", "AgentService", ports => ports.AgentService);
    public static readonly Service DocumentService = new("document-service", "DocumentService", ports => ports.DocumentService);
    public static readonly Service Dashboard = new("dashboard", "Dashboard", ports => ports.Dashboard);

    /// <summary>Those that trust the provider's tokens: all but the provider.</summary>
    public static readonly IReadOnlyList<Service> Relying = [Gateway, UserService, AgentService, DocumentService, Dashboard];

    public string Url(Ports ports) => $"http://localhost:{Port(ports)}";

    public string ProjectFile => $"{Project}/{Project}.csproj";

    public string Folder(string root) => Path.Combine(root, Project);

    public string Assembly(string root, string build) => Path.Combine(root, Project, "bin", build, "net10.0", $"TraceDemo.{Project}.dll");
}
