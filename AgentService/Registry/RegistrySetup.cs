namespace TraceDemo.AgentService.Registry;

internal static class RegistrySetup
{
    public static void AddAgentRegistry(this WebApplicationBuilder builder)
    {
        var file = builder.Configuration["Registry:File"] ?? "Registry/agents.json";
        builder.Services.AddSingleton(_ => new AgentRegistry(RegistryFile.Read(Path.Combine(AppContext.BaseDirectory, file))));
    }
}
