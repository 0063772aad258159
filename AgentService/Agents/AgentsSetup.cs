using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TraceDemo.AgentService.Agents.Model;
using TraceDemo.AgentService.Agents.Review;
using TraceDemo.AgentService.Agents.Summary;

namespace TraceDemo.AgentService.Agents;

internal static class AgentsSetup
{
    public static void AddAgents(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModelEndpoints>().BindConfiguration("Agents").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ModelEndpoints>, ModelEndpointsValidation>();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient<ModelClient>(http =>
            {
                // Each agent's own timeout is in its options.
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = ModelClient.MaxResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(ModelClient.CreateHandler);

        builder.Services.AddSingleton<IAgent, ModelAgent>();
        builder.Services.AddSingleton<IAgent, SummarizerAgent>();
        builder.Services.AddSingleton<IAgent, ReviewerAgent>();
        builder.Services.AddSingleton<AgentWork>();
    }
}
