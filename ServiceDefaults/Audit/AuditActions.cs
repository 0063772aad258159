namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>The actions of audit entries that ServiceDefaults itself records.</summary>
public static class AuditActions
{
    /// <summary>A verified caller was rejected before the action was known: wrong
    /// client, no person, no scope, no administrator, an unreadable request.</summary>
    public const string Request = "request";

    /// <summary>A person signed in.</summary>
    public const string SignIn = "session.sign_in";

    /// <summary>A person signed out.</summary>
    public const string SignOut = "session.sign_out";

    /// <summary>The provider ended a person's session.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>The file was full, and a new one was started.</summary>
    public const string FileRotated = "audit.file_rotated";

    /// <summary>The file was full, and the oldest file was removed.</summary>
    public const string FileRemoved = "audit.file_removed";
}
