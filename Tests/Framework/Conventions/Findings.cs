namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>Violations of a convention. A failing test lists all of them, one per line.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string?> found)
    {
        var lines = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} found:\n{string.Join('\n', lines)}");
    }

    /// <summary>An exception that nothing needs any more hides the next fault: each key of the list must still be found.</summary>
    public static void NoneBut(IReadOnlyDictionary<string, string> exceptions, IEnumerable<(string Key, string Line)> found)
    {
        var list = found.ToList();
        None(list.Where(entry => !exceptions.ContainsKey(entry.Key)).Select(entry => entry.Line));
        None(exceptions.Keys.Except(list.Select(entry => entry.Key)).Select(key => $"{key} is excepted but does not need it"));
        None(exceptions.Where(exception => exception.Value.Length < 20)
            .Select(exception => $"{exception.Key} is excepted without a reason"));
    }
}
