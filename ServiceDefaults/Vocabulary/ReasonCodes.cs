using System.Reflection;

namespace TraceDemo.ServiceDefaults.Vocabulary;

internal static class ReasonCodes
{
    /// <summary>The reasons that a type's public static fields hold, each word once.</summary>
    public static IReadOnlyList<ReasonCode> Of(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ReasonCode>().DistinctBy(reason => reason.Value),
    ];
}
