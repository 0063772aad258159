namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>Whether the transaction token grants the requested access.</summary>
internal enum GrantVerdict
{
    /// <summary>It differs in a member other than those below, or cannot be trusted.</summary>
    Invalid,

    Missing,
    Expired,
    OtherPerson,
    OtherSession,
    OtherActor,
    OtherAgent,
    OtherDocument,
    OtherAction,
    Granted,
}
