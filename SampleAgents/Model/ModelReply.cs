using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Model;

internal abstract record ModelReply
{
    private ModelReply()
    {
    }

    public sealed record Text(string Content) : ModelReply;

    public sealed record Failed(ReasonCode Reason, string Detail) : ModelReply;
}
