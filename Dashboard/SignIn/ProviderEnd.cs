namespace TraceDemo.Dashboard.SignIn;

/// <summary>The known state of a session's end at the provider.</summary>
internal enum ProviderEnd
{
    Confirmed,

    /// <summary>The provider was unavailable; the report is retried.</summary>
    Pending,

    /// <summary>The provider rejected the report, or does not support it; a retry would fail as well.</summary>
    Unconfirmed,
}
