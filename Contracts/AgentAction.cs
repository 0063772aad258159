using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts;

/// <summary>The action that an agent performs on a document. The word is part of the delegation.</summary>
[JsonConverter(typeof(ExactWordConverter<AgentAction>))]
public enum AgentAction
{
    /// <summary>Return the document.</summary>
    Read,

    /// <summary>Summarize its content.</summary>
    Summarize,

    /// <summary>List its problems.</summary>
    Review,
}
