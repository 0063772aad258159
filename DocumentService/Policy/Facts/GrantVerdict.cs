namespace TraceDemo.DocumentService.Policy.Facts;

/// <summary>What the transaction token says of the access at hand.</summary>
internal enum GrantVerdict
{
    /// <summary>It names another member of the request than any below, or cannot be trusted.</summary>
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
