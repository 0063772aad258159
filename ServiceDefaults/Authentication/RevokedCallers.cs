using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Looks up callers in the list of revocations.</summary>
public static class RevokedCallers
{
    /// <summary>True if the caller's session has ended, this token was revoked, or it is older than the list's cutoff.</summary>
    /// <param name="revocations">The list.</param>
    /// <param name="caller">The caller.</param>
    public static bool Contains(this Revocations revocations, Caller caller) => Find(revocations, caller) != RevokedBy.Nothing;

    /// <summary>Why the caller's token is refused, or null.</summary>
    internal static Refusal? Check(this Revocations revocations, Caller caller) => Find(revocations, caller) switch
    {
        RevokedBy.Nothing => null,
        RevokedBy.PersonCutoff => Refusal.IssuedBeforeCutoffForPerson,
        RevokedBy.GlobalCutoff => Refusal.IssuedBeforeCutoff,
        _ => Refusal.TokenRevoked,
    };

    private static RevokedBy Find(Revocations revocations, Caller caller) =>
        revocations.Find(caller.Token, caller.SessionId, caller.Subject, caller.IssuedAt);
}
