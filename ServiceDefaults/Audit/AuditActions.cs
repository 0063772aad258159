namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>What an audit entry is about.</summary>
public static class AuditActions
{
    /// <summary>A verified caller was refused before it was clear what was to be done: the wrong
    /// client, no person, no scope, no administrator, a request that cannot be read.</summary>
    public const string Request = "request";

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

    /// <summary>A person signed in.</summary>
    public const string SignIn = "session.sign_in";

    /// <summary>A person signed out.</summary>
    public const string SignOut = "session.sign_out";

    /// <summary>The provider ended a person's session.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>The file was full, and a new one was begun.</summary>
    public const string FileBegun = "audit.file_begun";

    /// <summary>The same, and the oldest file was removed for it.</summary>
    public const string FileRemoved = "audit.file_removed";

    /// <summary>What is done with a document, such as <c>document.read</c>.</summary>
    /// <param name="word">The action's word, as it stands in a transaction token.</param>
    public static string Document(string word) => $"document.{word}";
}
