namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>One method names another, in a call or as a delegate.</summary>
/// <param name="Caller">The outermost type that the code was written in.</param>
/// <param name="Callee">Type and member, such as <c>System.DateTime.get_UtcNow</c>.</param>
/// <param name="InStateMachine">The code is the body of an async method or an iterator, where awaiting compiles to more calls.</param>
/// <param name="Place">File and line.</param>
internal sealed record Call(Type Caller, string Callee, bool InStateMachine, string Place)
{
    public string SourceLine => Place.Split(':') is [var file, var line] ? SourceFiles.Named(file).Lines[int.Parse(line) - 1] : "";

    public override string ToString() => $"{Place}: {Callee}";
}
