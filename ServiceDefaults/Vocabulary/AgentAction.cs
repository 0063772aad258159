using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.ServiceDefaults.Vocabulary;

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

/// <summary>What a review looks for.</summary>
[JsonConverter(typeof(ExactWordConverter<ReviewType>))]
public enum ReviewType
{
    /// <summary>Is it finished and clear?</summary>
    General,

    /// <summary>Does it say who answers for it, and leave out what must not be in it?</summary>
    Compliance,

    /// <summary>Does it give anything away?</summary>
    Security,
}

/// <summary>The words of these values, as they stand in JSON and in a transaction token.</summary>
public static class AgentActionWords
{
    /// <summary>For example <c>summarize</c>.</summary>
    /// <param name="action">The action.</param>
    public static string Word(this AgentAction action) => JsonNamingPolicy.CamelCase.ConvertName(action.ToString());

    /// <summary>For example <c>compliance</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Word(this ReviewType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());
}
