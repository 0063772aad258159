using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Http;

[OptionsValidator]
internal sealed partial class ServiceClientOptionsValidator : IValidateOptions<ServiceClientOptions>;
