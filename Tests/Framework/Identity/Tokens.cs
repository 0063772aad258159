using TraceDemo.Tests.Framework.Documents;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>Tokens as they arrive at document-service when all is well; a test spoils one thing.</summary>
internal static class Tokens
{
    /// <summary>user-service, for a person.</summary>
    public static TestToken Direct(string person) => Of(person, "user-service", "documents:read");

    /// <summary>An agent, for a person.</summary>
    public static TestToken Delegated(string person, string agent) => Of(person, $"agent-{agent}", "documents:read");

    /// <summary>The gateway, for a person.</summary>
    public static TestToken Gateway(string person, string scope = "documents:read") => Of(person, "gateway", scope);

    /// <summary>An agent by itself.</summary>
    public static TestToken Alone(string agent) => TestToken.Service($"agent-{agent}", "document-service", "documents:read");

    private static TestToken Of(string person, string client, string scope) => TestToken.Person with
    {
        Audience = "document-service",
        Client = client,
        Scope = $"openid profile {scope}",
        Subject = $"{person}-id",
        SessionId = $"{person}-session",
        UserName = person,
        Groups = [.. Facts.GroupsOf(person).Select(group => $"/{group}")],
    };
}
