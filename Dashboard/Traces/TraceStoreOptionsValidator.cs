using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Traces;

[OptionsValidator]
internal sealed partial class TraceStoreOptionsValidator : IValidateOptions<TraceStoreOptions>;
