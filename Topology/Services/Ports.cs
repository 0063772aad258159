namespace TraceDemo.Topology.Services;

/// <summary>The ports of one running system.</summary>
public sealed record Ports
{
    public required int Dashboard { get; init; }
    public required int Gateway { get; init; }
    public required int UserService { get; init; }
    public required int AgentService { get; init; }
    public required int DocumentService { get; init; }
    public required int Identity { get; init; }
    public required int IdentityManagement { get; init; }
    public required int Otlp { get; init; }

    public const int Count = 8;
    public const int LowestBase = 1024;
    public const int HighestBase = 65536 - Count;

    public static readonly Ports Default = new()
    {
        Dashboard = 5000,
        Gateway = 5100,
        UserService = 5101,
        AgentService = 5102,
        DocumentService = 5103,
        Identity = 8080,
        IdentityManagement = 9000,
        Otlp = 4318,
    };

    public static Ports From(int first) => new()
    {
        Dashboard = first,
        Gateway = first + 1,
        UserService = first + 2,
        AgentService = first + 3,
        DocumentService = first + 4,
        Identity = first + 5,
        IdentityManagement = first + 6,
        Otlp = first + 7,
    };

    /// <summary>Every port with its process, in the order of <see cref="From"/>.</summary>
    public IReadOnlyList<(string Name, int Port)> All =>
    [
        ("dashboard", Dashboard), ("gateway", Gateway), ("user-service", UserService), ("agent-service", AgentService),
        ("document-service", DocumentService), ("identity", Identity), ("identity management", IdentityManagement), ("otlp", Otlp),
    ];
}
