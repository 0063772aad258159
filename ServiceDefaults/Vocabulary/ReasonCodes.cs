using System.Reflection;

namespace TraceDemo.ServiceDefaults.Vocabulary;

internal static class ReasonCodes
{
    /// <summary>The reasons in a type's public static fields.</summary>
    public static IReadOnlyList<ReasonCode> Of(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ReasonCode>(),
    ];
}
