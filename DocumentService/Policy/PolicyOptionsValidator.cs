using Microsoft.Extensions.Options;

namespace TraceDemo.DocumentService.Policy;

[OptionsValidator]
internal sealed partial class PolicyOptionsValidator : IValidateOptions<PolicyOptions>;
