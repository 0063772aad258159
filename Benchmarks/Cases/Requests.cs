using System.Text;
using TraceDemo.Benchmarks.Load;

namespace TraceDemo.Benchmarks.Cases;

internal static class Requests
{
    private static readonly byte[] Order = Encoding.UTF8.GetBytes("""{"agentId":"gpt4","documentId":"DOC-005"}""");

    /// <summary>alice lets gpt4 read DOC-005, which requires both of her departments.</summary>
    /// <param name="name">The label in the table.</param>
    /// <param name="gateway">The address of the gateway.</param>
    /// <param name="processorTime">Processor time used so far by all processes that handle the request.</param>
    public static Target Delegated(string name, Uri gateway, Func<TimeSpan>? processorTime = null) =>
        new(name, HttpMethod.Post, new Uri(gateway, "/api/access-delegated"), Order)
        {
            ProcessorTime = processorTime ?? (() => TimeSpan.Zero),
        };
}
