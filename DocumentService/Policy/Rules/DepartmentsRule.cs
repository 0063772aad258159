using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>The central rule: the person's departments, restricted to the agent's
/// capabilities, must satisfy the document's requirement.</summary>
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
        _satisfied = Pass("The effective departments satisfy the document's requirement.");
        _person = Deny(AccessReasons.DepartmentRequired, "The person is not in the required departments.");
        _intersection = Deny(AccessReasons.IntersectionInsufficient, "Person ∩ agent does not satisfy the document's requirement.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) => permissions switch
    {
        { Satisfied: true, Required.IsPublic: true } => _public,
        { Satisfied: true } => _satisfied,
        _ => facts.Delegation is null ? _person : _intersection,
    };
}
