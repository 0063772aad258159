using System.Reflection;

namespace TraceDemo.Tests.Conventions;

public sealed class TestTests
{
    private static readonly IReadOnlyList<MethodInfo> Tests =
    [
        .. from type in Assemblies.OfTests.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<FactAttribute>() is not null
           select method,
    ];

    [Fact]
    public void Test_names_are_sentences() =>
        Findings.None(Tests.Where(test => test.Name.Count(letter => letter == '_') < 2).Select(FullName));

    [Fact]
    public void Every_test_asserts_something()
    {
        var asserting = Asserting();
        Findings.None(Tests.Where(test => !asserting.Contains(test)).Select(FullName));
    }

    [Fact]
    public void A_skipped_test_says_why() =>
        Findings.None(Tests.Where(test => test.GetCustomAttribute<FactAttribute>()!.Skip is { Length: < 20 }).Select(FullName));

    /// <summary>Methods that assert themselves or through another method of the tests.</summary>
    private static HashSet<MethodBase> Asserting()
    {
        var calls = CompiledCode.Edges(Assemblies.OfTests).ToLookup(pair => pair.Callee, pair => pair.Caller);
        var asserting = new HashSet<MethodBase>();
        var open = new Queue<MethodBase>(calls.Where(call => IsAssertion(call.Key)).SelectMany(call => call));
        while (open.TryDequeue(out var method))
        {
            if (!asserting.Add(method))
                continue;
            foreach (var caller in calls[method])
                open.Enqueue(caller);
        }

        return asserting;
    }

    private static bool IsAssertion(MethodBase method) =>
        method.DeclaringType?.FullName is "Xunit.Assert" || method.Name.EndsWith("ThrowOnFailure", StringComparison.Ordinal);

    private static string FullName(MethodInfo test) => $"{test.DeclaringType!.Name}.{test.Name}";
}
