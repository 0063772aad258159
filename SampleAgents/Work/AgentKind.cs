using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The kinds of agents that ship. The registry's file names one for each agent.</summary>
[JsonConverter(typeof(ExactWordConverter<AgentKind>))]
public enum AgentKind
{
    Model,
    Summarizer,
    Reviewer,
}
