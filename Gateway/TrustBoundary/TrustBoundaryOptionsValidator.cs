using Microsoft.Extensions.Options;

namespace TraceDemo.Gateway.TrustBoundary;

[OptionsValidator]
internal sealed partial class TrustBoundaryOptionsValidator : IValidateOptions<TrustBoundaryOptions>;
