namespace TraceDemo.Contracts;

/// <summary>The actions of audit entries, in addition to those of ServiceDefaults.</summary>
public static class AccessActions
{
    /// <summary>A delegation was denied.</summary>
    public const string Delegation = "delegation";

    /// <summary>Direct access to a document was denied.</summary>
    public const string DirectAccess = "direct_access";

    /// <summary>An agent's access on behalf of a person was denied.</summary>
    public const string AgentAccess = "agent.access";

    /// <summary>An agent was enabled.</summary>
    public const string AgentEnable = "agent.enable";

    /// <summary>An agent was disabled.</summary>
    public const string AgentDisable = "agent.disable";

    /// <summary>A what-if query for other departments than the person's own.</summary>
    public const string WhatIf = "policy.what_if";

    /// <summary>An action on a document, such as <c>document.read</c>.</summary>
    /// <param name="word">The action's word, as in a transaction token.</param>
    public static string Document(string word) => $"document.{word}";
}
