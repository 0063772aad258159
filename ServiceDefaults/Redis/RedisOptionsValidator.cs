using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Redis;

[OptionsValidator]
internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>;
