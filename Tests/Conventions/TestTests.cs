using System.Reflection;
using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Conventions;

public sealed partial class TestTests
{
    private static readonly IReadOnlyList<MethodInfo> Tests =
    [
        .. from assembly in Assemblies.OfTests
           from type in assembly.GetTypes()
           from method in type.GetMethods(Assemblies.Declared)
           where method.GetCustomAttribute<FactAttribute>() is not null
           select method,
    ];

    [Fact]
    public void Test_names_are_sentences() =>
        Findings.None(Tests.Where(test => test.Name.Count(letter => letter == '_') < 2).Select(FullName));

    [Fact]
    public void Only_tests_and_their_fixtures_are_outside_the_test_framework()
    {
        var types = Assemblies.WrittenTypes([Assemblies.Tests]).Where(type => !type.IsNested).ToList();
        var fixtures = types.SelectMany(type => type.GetInterfaces()).SelectMany(type => type.GetGenericArguments())
            .Concat(Assemblies.Tests.GetCustomAttributes<AssemblyFixtureAttribute>().Select(fixture => fixture.AssemblyFixtureType))
            .ToHashSet();
        Findings.None(types.Where(type => !HoldsTests(type) && !fixtures.Contains(type) && (!type.IsAbstract || type.IsSealed)
            && !type.IsDefined(typeof(CollectionDefinitionAttribute), inherit: false)).Select(type => type.FullName));
        Findings.None(Assemblies.WrittenTypes([Assemblies.Framework]).Where(type => HoldsTests(type) && !type.IsAbstract)
            .Select(type => type.FullName));

        static bool HoldsTests(Type type) => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute)));
    }

    [Fact]
    public void Every_test_asserts_something()
    {
        var asserting = Asserting();
        Findings.None(Tests.Where(test => !asserting.Contains(test)).Select(FullName));
    }

    [Fact]
    public void A_skipped_test_gives_a_reason() =>
        Findings.None(Tests.Where(test => test.GetCustomAttribute<FactAttribute>()!.Skip is { Length: < 20 }).Select(FullName));

    [Fact]
    public void A_test_skipped_at_run_time_names_what_it_requires()
    {
        var reasons = SourceFiles.CSharp.Where(file => file.IsTest)
            .SelectMany(file => Skips(file.Text).Select(reason => (file.Path, Reason: reason))).ToList();

        Assert.NotEmpty(reasons);
        Findings.None(
            reasons.Where(skip => !IsNamed(skip.Reason) && !SaysWhatToDo(skip.Reason)).Select(skip => $"{skip.Path}: {skip.Reason}"));
        Findings.None(SourceFiles.CSharp.Where(file => file.IsTest)
            .SelectMany(file => Missing().Matches(file.Text).Select(match => (file.Path, Reason: match.Groups["reason"].Value)))
            .Where(constant => !SaysWhatToDo(constant.Reason)).Select(constant => $"{constant.Path}: {constant.Reason}"));
    }

    [Theory]
    [InlineData("SkipWhen(a(b, c) is null, \"Some reason.\");", "\"Some reason.\"")]
    [InlineData("SkipUnless(a,\n    Of.Missing);", "Of.Missing")]
    [InlineData("Skip(\"Some reason.\");", "\"Some reason.\"")]
    [InlineData("Skip($\"{a} is there.\");", "$\"{a} is there.\"")]
    [InlineData("Skip(because);", "because")]
    [InlineData("SkipWhen(a, b ? \"One.\" : \"Another.\");", "SkipWhen(a, b ? \"One.\" : \"Another.\");")]
    [InlineData("Skip(\"Some \" + \"reason.\");", "Skip(\"Some \" + \"reason.\");")]
    public void Every_way_to_skip_a_test_shows_its_reason_or_itself(string call, string reason) =>
        Assert.Equal([reason], Skips("Assert." + call));

    /// <summary>The reason of each call, or the call where the reason is no single text or name.</summary>
    private static IEnumerable<string> Skips(string source) =>
        Skip().Matches(source)
            .Select(call => SkipReason().Match(call.Groups["call"].Value) is { Success: true } match
                ? match.Groups["reason"].Value
                : call.Groups["call"].Value);

    /// <summary>A constant or property <c>Missing</c>, which is held to the same, or what comes from one.</summary>
    private static bool IsNamed(string reason) =>
        reason.EndsWith(".Missing", StringComparison.Ordinal) || reason is "Missing" or "$\"{AspireHost.Embedded}\"";

    private static bool SaysWhatToDo(string reason) => WhatToDo().IsMatch(reason);

    [GeneratedRegex(@"(?<!"")Assert\.(?<call>Skip(When|Unless)?\([^;""]*(""[^""]*""[^;""]*)*;)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Skip();

    [GeneratedRegex(@"^Skip(\(|(When|Unless)\([^;]+?,\s+)(?<reason>\$?""[^""]*""|[\w.]+)\);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SkipReason();

    [GeneratedRegex(@"\bMissing\b[^;(){}]{0,20}=[^;]*?(?<reason>""[^""]{5,}"");|\bMissing \{ get; \} = [^;]*?: (?<reason>""[^""]{5,}"");",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex(@"environment variable [A-Z_]{4,}|[Ii]nstall the package [a-z-]+|Runs on Linux|without an environment variable",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WhatToDo();

    /// <summary>Methods that assert themselves or through another method of the tests.</summary>
    private static HashSet<MethodBase> Asserting()
    {
        var calls = Assemblies.OfTests.SelectMany(CompiledCode.Edges).ToLookup(pair => pair.Callee, pair => pair.Caller);
        var asserting = new HashSet<MethodBase>();
        var open = new Queue<MethodBase>(calls.Where(call => IsAssertion(call.Key)).SelectMany(call => call));
        while (open.TryDequeue(out var method))
        {
            if (!asserting.Add(method))
            {
                continue;
            }

            foreach (var caller in calls[method])
            {
                open.Enqueue(caller);
            }
        }

        return asserting;
    }

    private static bool IsAssertion(MethodBase method) =>
        method.DeclaringType?.FullName is "Xunit.Assert" || method.Name.EndsWith("ThrowOnFailure", StringComparison.Ordinal);

    private static string FullName(MethodInfo test) => $"{test.DeclaringType!.Name}.{test.Name}";
}
