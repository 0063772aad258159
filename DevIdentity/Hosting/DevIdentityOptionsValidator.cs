using Microsoft.Extensions.Options;

namespace TraceDemo.DevIdentity.Hosting;

[OptionsValidator]
internal sealed partial class DevIdentityOptionsValidator : IValidateOptions<DevIdentityOptions>;
