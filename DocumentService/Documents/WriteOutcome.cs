namespace TraceDemo.DocumentService.Documents;

/// <summary>What became of a write.</summary>
internal enum WriteOutcome
{
    Written,

    /// <summary>The file is no longer the version that the writer saw, or there is one where the writer saw none.</summary>
    Changed,

    /// <summary>The folder holds as many files as are served.</summary>
    Full,
}
