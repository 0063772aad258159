using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

internal sealed record WhatIfAnswer(bool WhatIf, AgentId? AgentId, DocumentId DocumentId, Decision Decision);
