namespace TraceDemo.DocumentService.Documents;

/// <summary>The outcome of a write.</summary>
internal enum WriteOutcome
{
    Written,

    /// <summary>The file is no longer the version that the writer read, or a new file exists.</summary>
    Changed,

    /// <summary>The folder contains the maximum number of files.</summary>
    Full,
}
