using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>A what-if query to the policy, for the caller; an administrator may name other departments.</summary>
internal sealed record WhatIfRequest(
    [property: Required] DocumentId? DocumentId = null, AgentId? AgentId = null, string?[]? Departments = null);
