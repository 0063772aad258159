using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraceDemo.SampleAgents.Model;
using TraceDemo.SampleAgents.Review;
using TraceDemo.SampleAgents.Summary;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents;

/// <summary>Adds the agents included in the system.</summary>
public static class SampleAgentsExtensions
{
    public static WebApplicationBuilder AddSampleAgents(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ModelEndpoints, ModelEndpointsValidator>().BindConfiguration(ModelEndpoints.Section);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient<ModelClient>(http =>
            {
                // Each agent has a timeout in its options.
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = ModelClient.MaxResponseBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(ModelClient.CreateHandler);

        builder.Services.AddSingleton<IAgent, ModelAgent>();
        builder.Services.AddSingleton<IAgent, SummarizerAgent>();
        builder.Services.AddSingleton<IAgent, ReviewerAgent>();
        builder.Services.AddSingleton<AgentWork>();
        return builder;
    }
}
