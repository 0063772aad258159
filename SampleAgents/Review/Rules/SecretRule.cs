using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review.SensitiveValues;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>A secret in a document is compromised, so every kind of review reports it.</summary>
internal sealed class SecretRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => true;

    public IEnumerable<Finding> Check(ReviewedDocument document)
    {
        var insideKey = false;
        foreach (var line in document.Lines)
        {
            foreach (var value in line.Sensitive)
            {
                if (Describe(value.Kind) is { } finding && !(insideKey && value.Kind == SensitiveKind.PrivateKey))
                {
                    yield return line.Finding(Severity.Critical, finding.Rule, finding.Message, value.Start);
                }
            }

            insideKey = line.Sensitive.Any(value => value.Kind == SensitiveKind.PrivateKey);
        }
    }

    private static (string Rule, string Message)? Describe(SensitiveKind kind) => kind switch
    {
        SensitiveKind.PrivateKey => ("secret.private_key", "A private key: remove it and replace the key pair."),
        SensitiveKind.Password => ("secret.password", "A password or token in plain text: remove it and change it where it is used."),
        SensitiveKind.Key => ("secret.key", "A possible key or token: remove it, and revoke it if it is one."),
        _ => null,
    };
}
