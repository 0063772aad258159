using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>What would the policy say? For the person who asks; an administrator may name other departments.</summary>
internal sealed record WhatIfRequest(
    [property: Required] DocumentId? DocumentId = null, AgentId? AgentId = null, string?[]? Departments = null);
