using Microsoft.Extensions.Options;

namespace TraceDemo.ServiceDefaults.Audit;

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
