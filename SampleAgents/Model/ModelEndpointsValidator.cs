using Microsoft.Extensions.Options;

namespace TraceDemo.SampleAgents.Model;

[OptionsValidator]
internal sealed partial class ModelEndpointsValidator : IValidateOptions<ModelEndpoints>;
