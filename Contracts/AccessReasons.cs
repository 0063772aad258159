using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts;

/// <summary>Why access to a document, or a delegation to an agent, was allowed or
/// denied. <c>docs/errors.md</c> lists the meanings.</summary>
public sealed class AccessReasons : ReasonCodes<AccessReasons>
{
    // Allowed
    public static readonly ReasonCode PublicDocument = Define("public_document", 200);
    public static readonly ReasonCode DepartmentMatch = Define("department_match", 200);
    public static readonly ReasonCode DelegationMatch = Define("delegation_match", 200);

    // Denied by the policy, in rule order
    public static readonly ReasonCode AgentUnknown = Define("agent_unknown", 403);
    public static readonly ReasonCode AgentDisabled = Define("agent_disabled", 403);
    public static readonly ReasonCode RegistryUnavailable = Define("registry_unavailable", 503);
    public static readonly ReasonCode AgentNotAllowed = Define("agent_not_allowed", 403);
    public static readonly ReasonCode DelegationNotGranted = Define("delegation_not_granted", 403);
    public static readonly ReasonCode DocumentUnclassified = Define("document_unclassified", 403);
    public static readonly ReasonCode DepartmentRequired = Define("department_required", 403);
    public static readonly ReasonCode IntersectionInsufficient = Define("intersection_insufficient", 403);
    public static readonly ReasonCode AgentClearanceInsufficient = Define("agent_clearance_insufficient", 403);

    // Not found
    public static readonly ReasonCode DocumentNotFound = Define("document_not_found", 404);
    public static readonly ReasonCode AgentNotFound = Define("agent_not_found", 404);

    private AccessReasons()
    {
    }
}
