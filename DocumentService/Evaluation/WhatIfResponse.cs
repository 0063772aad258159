using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy;

namespace TraceDemo.DocumentService.Evaluation;

internal sealed record WhatIfResponse(bool WhatIf, AgentId? AgentId, DocumentId DocumentId, Decision Decision);
