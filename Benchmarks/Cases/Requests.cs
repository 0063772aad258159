using System.Text;
using TraceDemo.Benchmarks.Load;

namespace TraceDemo.Benchmarks.Cases;

internal static class Requests
{
    private static readonly byte[] Order = Encoding.UTF8.GetBytes("""{"agentId":"gpt4","documentId":"DOC-005"}""");

    /// <summary>Alice lets gpt4 read DOC-005, which needs both of her departments.</summary>
    /// <param name="name">In the table.</param>
    /// <param name="gateway">Where to send it.</param>
    /// <param name="processorTime">What all processes that work on it have used so far.</param>
    public static Target Delegated(string name, Uri gateway, Func<TimeSpan>? processorTime = null) =>
        new(name, HttpMethod.Post, new Uri(gateway, "/api/access-delegated"), Order)
        {
            ProcessorTime = processorTime ?? (() => TimeSpan.Zero),
        };
}
