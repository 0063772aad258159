using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Policy;

internal sealed record WhatIfAnswer(bool WhatIf, AgentId? AgentId, DocumentId DocumentId, Decision Decision);
