using Microsoft.Extensions.Options;

namespace TraceDemo.Gateway.Limits;

[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
