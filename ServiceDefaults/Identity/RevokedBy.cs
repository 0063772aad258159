namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Which part of a revocation list refuses a token.</summary>
public enum RevokedBy
{
    /// <summary>It is not refused.</summary>
    Nothing,

    /// <summary>Its session has ended, or this token was revoked.</summary>
    Name,

    /// <summary>The person's cutoff: everything of theirs issued until then is refused.</summary>
    PersonCutoff,

    /// <summary>The cutoff for everyone: everything issued until then is refused.</summary>
    GlobalCutoff,
}
