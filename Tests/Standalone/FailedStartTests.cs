using TraceDemo.Standalone.Processes;

namespace TraceDemo.Tests.Standalone;

/// <summary>Why a child did not start is told in one sentence, whatever it wrote.</summary>
public sealed class FailedStartTests
{
    [Theory]
    [InlineData("it wrote nothing.")]
    [InlineData("the last words", "first words", "the last words", "   at Somewhere.In.The.Code()")]
    [InlineData("A setting is missing.", "Unhandled exception. System.InvalidOperationException: A setting is missing.", "   at A.B()")]
    [InlineData("Two settings are missing: the first the second",
        "Unhandled exception. System.InvalidOperationException: Two settings are missing:", "  the first", "  the second",
        "   at A.B()", "   at C.D()")]
    [InlineData("agents/gpt4.json is not JSON (line 1).",
        "Unhandled exception. System.IO.InvalidDataException: agents/gpt4.json is not JSON (line 1).",
        " ---> System.Text.Json.JsonException: Expected depth to be zero.", "   at A.B()", "   --- End of inner exception stack trace ---")]
    public void The_sentence_contains_the_whole_message_but_no_stack(string reason, params string[] lines) =>
        Assert.Equal($"gateway exited at startup with code 134: {reason}", new FailedStart("gateway", 134, lines).Sentence);
}
