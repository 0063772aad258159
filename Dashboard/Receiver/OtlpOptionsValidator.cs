using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Receiver;

[OptionsValidator]
internal sealed partial class OtlpOptionsValidator : IValidateOptions<OtlpOptions>;
