namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>In descending order of severity.</summary>
internal enum SensitiveKind
{
    PrivateKey,
    Password,
    Key,
    PaymentCard,
    Iban,
    Phone,
    Email,
}
