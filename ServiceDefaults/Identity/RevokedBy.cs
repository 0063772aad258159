namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>What in a list of revocations refuses a token.</summary>
public enum RevokedBy
{
    /// <summary>It is not refused.</summary>
    Nothing,

    /// <summary>Its session has ended, or the very token was revoked.</summary>
    Name,

    /// <summary>Everything of this person that was issued until a moment is refused.</summary>
    PersonsMoment,

    /// <summary>Everything that was issued until a moment is refused.</summary>
    EverybodysMoment,
}
