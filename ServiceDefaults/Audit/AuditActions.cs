namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>What an audit entry is about, as far as ServiceDefaults knows it.</summary>
public static class AuditActions
{
    /// <summary>A verified caller was refused before it was clear what was to be done: the wrong
    /// client, no person, no scope, no administrator, a request that cannot be read.</summary>
    public const string Request = "request";

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
}
