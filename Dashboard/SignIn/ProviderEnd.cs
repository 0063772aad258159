namespace TraceDemo.Dashboard.SignIn;

/// <summary>What is known of a session's end at the provider.</summary>
internal enum ProviderEnd
{
    Confirmed,

    /// <summary>It did not answer, and is told again.</summary>
    Pending,

    /// <summary>It did not take what it was told, or cannot be told; another try would end the same.</summary>
    Unconfirmed,
}
