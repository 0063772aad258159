using System.Text.Json;

namespace TraceDemo.Contracts;

/// <summary>The words of these values, as in JSON and in a transaction token.</summary>
public static class AgentActionWords
{
    /// <summary>For example <c>summarize</c>.</summary>
    /// <param name="action">The action.</param>
    public static string Word(this AgentAction action) => JsonNamingPolicy.CamelCase.ConvertName(action.ToString());

    /// <summary>For example <c>compliance</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Word(this ReviewType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());
}
