using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Framework.Documents;

/// <summary>The documents that each person may read, directly and through each agent.</summary>
internal static class ContractMatrix
{
    /// <summary>Y allow, d departments, c clearance; the columns are DOC-001 to DOC-007.</summary>
    private const string Expected = """
        alice -                          | Y Y d d Y d Y
        alice + gpt4 claude reviewer     | Y Y d d Y d Y
        alice + summarizer               | d Y d d d d Y
        bob -                            | d Y Y d d Y Y
        bob + gpt4 summarizer            | d Y d d d d Y
        bob + claude                     | d Y Y d d Y Y
        bob + reviewer                   | d Y c d d c Y
        carol -                          | d d d Y d d Y
        carol + gpt4 summarizer          | d d d d d d Y
        carol + claude reviewer          | d d d Y d d Y
        david - gpt4 claude reviewer     | Y d d d d d Y
        david + summarizer               | d d d d d d Y
        """;

    // A method: the analyzer xUnit1053 throws on a property of another assembly.
    public static TheoryData<string, string, string, char> Cells()
    {
        var cells = new TheoryData<string, string, string, char>();
        foreach (var line in Expected.Split('\n'))
        {
            var (names, verdicts) = (line.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries),
                line.Split('|')[1].Replace(" ", "").Trim());
            foreach (var agent in names[1..].Where(name => name != "+"))
            {
                for (var column = 0; column < verdicts.Length; column++)
                {
                    cells.Add(names[0], agent, $"DOC-00{column + 1}", verdicts[column]);
                }
            }
        }

        return cells;
    }

    public static ReasonCode Reason(char expected, bool direct, bool isPublic) => (expected, direct) switch
    {
        ('Y', _) when isPublic => AccessReasons.PublicDocument,
        ('Y', true) => AccessReasons.DepartmentMatch,
        ('Y', false) => AccessReasons.DelegationMatch,
        ('d', true) => AccessReasons.DepartmentRequired,
        ('d', false) => AccessReasons.IntersectionInsufficient,
        _ => AccessReasons.AgentClearanceInsufficient,
    };
}
