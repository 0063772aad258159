using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>The heart of it: the person's departments, cut down to the agent's
/// capabilities, must satisfy what the document needs.</summary>
internal sealed class DepartmentsRule : PolicyRule
{
    private readonly RuleVerdict _public;
    private readonly RuleVerdict _satisfied;
    private readonly RuleVerdict _person;
    private readonly RuleVerdict _intersection;

    public DepartmentsRule()
        : base("departments")
    {
        _public = Pass("The document is public: any signed-in person may read it.");
        _satisfied = Pass("The effective departments satisfy what the document needs.");
        _person = Deny(AccessReasons.DepartmentRequired, "The person is not in the departments that the document needs.");
        _intersection = Deny(AccessReasons.IntersectionInsufficient, "Person and agent do not have in common what the document needs.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => permissions switch
    {
        { Satisfied: true, Required.IsPublic: true } => _public,
        { Satisfied: true } => _satisfied,
        _ => facts.Delegation is null ? _person : _intersection,
    };
}
