using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Live;

[OptionsValidator]
internal sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;
