using System.Collections.Frozen;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy.Facts;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

/// <summary>The person of a what-if query: the caller or, for an administrator, a person with the given departments.</summary>
internal sealed record WhatIfPerson(AccessFacts Facts, Rejection? Rejection)
{
    private const int MaxDepartments = 64;
    private const int MaxDepartmentLength = 64;

    public static WhatIfPerson Of(Caller caller, string?[]? named)
    {
        var facts = new AccessFacts
        {
            IsPerson = caller.IsPerson,
            HasScope = true,
            WhatIf = true,
            Departments = named?.OfType<string>().Where(name => name.Length > 0).ToFrozenSet(StringComparer.Ordinal) ?? caller.Groups,
        };
        return new(facts, named is null ? null : Check(caller, named));
    }

    private static Rejection? Check(Caller caller, string?[] named)
    {
        if (!caller.Groups.Contains(WellKnownGroups.Admin))
        {
            return new(ReasonCode.AdminRequired, "Only an administrator may ask for departments other than their own.");
        }

        return named.Length > MaxDepartments || named.Any(name => name is null or { Length: > MaxDepartmentLength })
            ? Rejection.Invalid("departments") : null;
    }
}
