using OpenTelemetry.Trace;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Follows the parent's decision and samples every root, except quiet requests.</summary>
internal sealed class RequestSampler : Sampler
{
    private readonly ParentBasedSampler _parentBased = new(new AlwaysOnSampler());

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        QuietRequests.Include(samplingParameters)
            ? new SamplingResult(SamplingDecision.Drop)
            : _parentBased.ShouldSample(samplingParameters);
}
