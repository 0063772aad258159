using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts;

/// <summary>What an agent is asked to do with a document. The word is part of what a person grants.</summary>
[JsonConverter(typeof(ExactWordConverter<AgentAction>))]
public enum AgentAction
{
    /// <summary>Hand over the document.</summary>
    Read,

    /// <summary>Say in short what is in it.</summary>
    Summarize,

    /// <summary>List what is wrong with it.</summary>
    Review,
}
