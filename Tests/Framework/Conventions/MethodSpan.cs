namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>A method as it stands in its file.</summary>
internal sealed record MethodSpan(string File, int FirstLine, int LastLine, string Name)
{
    public int Lines => LastLine - FirstLine + 1;

    public override string ToString() => $"{File}:{FirstLine} {Name} has {Lines} lines";
}
