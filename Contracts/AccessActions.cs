namespace TraceDemo.Contracts;

/// <summary>What an audit entry is about, beside the actions of ServiceDefaults.</summary>
public static class AccessActions
{
    /// <summary>A person let an agent act, and it was refused.</summary>
    public const string Delegation = "delegation";

    /// <summary>A person asked for a document without an agent, and was refused.</summary>
    public const string DirectAccess = "direct_access";

    /// <summary>An agent was asked to act for a person, and it was refused.</summary>
    public const string AgentAccess = "agent.access";

    /// <summary>An agent was enabled.</summary>
    public const string AgentEnable = "agent.enable";

    /// <summary>An agent was disabled.</summary>
    public const string AgentDisable = "agent.disable";

    /// <summary>A what-if for departments that are not one's own.</summary>
    public const string WhatIf = "policy.what_if";

    /// <summary>What is done with a document, such as <c>document.read</c>.</summary>
    /// <param name="word">The action's word, as it stands in a transaction token.</param>
    public static string Document(string word) => $"document.{word}";
}
