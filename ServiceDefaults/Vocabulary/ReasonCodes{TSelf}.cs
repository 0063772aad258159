using System.Collections.Frozen;

namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>
/// The closed list of an assembly's own reasons. Derive one class from it, with a public static field for each reason.
/// </summary>
/// <typeparam name="TSelf">The derived class.</typeparam>
#pragma warning disable CA1000 // They are called on the derived class, which is not generic.
public abstract class ReasonCodes<TSelf>
    where TSelf : ReasonCodes<TSelf>
{
    private static readonly Lazy<IReadOnlyList<ReasonCode>> Own = new(() => ReasonCodes.Of(typeof(TSelf)));

    private static readonly Lazy<FrozenDictionary<string, ReasonCode>> ByValue = new(() =>
        ReasonCode.All.Concat(Own.Value).ToFrozenDictionary(reason => reason.Value, StringComparer.Ordinal));

    /// <summary>The reasons of this list, in order of declaration.</summary>
    public static IReadOnlyCollection<ReasonCode> All => Own.Value;

    /// <summary>
    /// The reason with this code, from this list or from ServiceDefaults, or null: codes from another process are accepted only if they are
    /// known.
    /// </summary>
    /// <param name="value">The code.</param>
    public static ReasonCode? Find(string? value) => value is null ? null : ByValue.Value.GetValueOrDefault(value);

    /// <summary>Defines a reason.</summary>
    /// <param name="value">The code, in snake case.</param>
    /// <param name="status">The HTTP status of a problem with this reason; 200 for one that allows.</param>
    protected static ReasonCode Define(string value, int status) => new(value, status);
}
