namespace TraceDemo.Topology.Services;

/// <summary>One process of the system.</summary>
/// <param name="Name">The name of its resource, its OAuth client and its configuration keys.</param>
/// <param name="Project">Its project folder, also its working directory.</param>
/// <param name="Port">Its port.</param>
public sealed record Service(string Name, string Project, Func<Ports, int> Port)
{
    /// <summary>The development identity provider, which Keycloak can replace.</summary>
    public static readonly Service Identity = new("identity", "DevIdentity", ports => ports.Identity);

    public static readonly Service Gateway = new("gateway", "Gateway", ports => ports.Gateway);

    public static readonly Service UserService = new("user-service", "UserService", ports => ports.UserService);

    public static readonly Service AgentService = new("agent-service", "AgentService", ports => ports.AgentService);

    public static readonly Service DocumentService = new("document-service", "DocumentService", ports => ports.DocumentService);

    public static readonly Service Dashboard = new("dashboard", "Dashboard", ports => ports.Dashboard);

    /// <summary>The services that trust the provider's tokens: all but the provider.</summary>
    public static readonly IReadOnlyList<Service> Relying = [Dashboard, Gateway, UserService, AgentService, DocumentService];

    /// <summary>
    /// The services that this one calls: along the chain, and back for the agent registry and the keys of transaction tokens.
    /// </summary>
    public IReadOnlyList<Service> Calls => Name switch
    {
        "dashboard" => [Gateway],
        "gateway" => [UserService, AgentService, DocumentService],
        "user-service" => [AgentService, DocumentService],
        "agent-service" => [DocumentService],
        "document-service" => [AgentService, UserService],
        _ => [],
    };

    public string ProjectFile => $"{Project}/{Project}.csproj";

    public string Url(Ports ports) => $"http://localhost:{Port(ports)}";

    public string Folder(string root) => Path.Combine(root, Project);

    public string Assembly(string root, string build) => Path.Combine(root, Project, "bin", build, "net10.0", $"TraceDemo.{Project}.dll");
}
