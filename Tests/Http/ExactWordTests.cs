using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Http;

public sealed class ExactWordTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Review")]
    [InlineData("REVIEW")]
    [InlineData(" review")]
    [InlineData("2")]
    [InlineData("read, review")]
    [InlineData("delete")]
    public void Other_spellings_are_no_words(string? text)
    {
        Assert.False(ExactWord.TryParse<AgentAction>(text, out _));
        Assert.Throws<FormatException>(() => ExactWord.Parse<AgentAction>(text));
    }

    [Fact]
    public void Each_value_has_a_word_of_its_own()
    {
        Assert.Equal(["read", "summarize", "review"], Enum.GetValues<AgentAction>().Select(action => action.Word()));
        Assert.All(Enum.GetValues<AgentAction>(), action => Assert.Equal(action, ExactWord.Parse<AgentAction>(action.Word())));
    }
}
