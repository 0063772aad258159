using Microsoft.Extensions.Options;

namespace TraceDemo.DocumentService.Documents;

[OptionsValidator]
internal sealed partial class DocumentsOptionsValidator : IValidateOptions<DocumentsOptions>;
