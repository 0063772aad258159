using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The kinds of agents included. The registry's file defines the kind of each agent.</summary>
[JsonConverter(typeof(ExactWordConverter<AgentKind>))]
public enum AgentKind
{
    Model,
    Summarizer,
    Reviewer,
}
