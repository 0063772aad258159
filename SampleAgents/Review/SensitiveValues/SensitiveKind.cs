namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>Graver ones first.</summary>
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
