namespace TraceDemo.SampleAgents.Review.SensitiveValues;

internal static class SensitiveKindLabels
{
    public static string Label(this SensitiveKind kind) => kind switch
    {
        SensitiveKind.PrivateKey => "private key",
        SensitiveKind.Password => "password",
        SensitiveKind.Key => "key",
        SensitiveKind.PaymentCard => "card number",
        SensitiveKind.Iban => "IBAN",
        SensitiveKind.Phone => "phone number",
        _ => "e-mail address",
    };
}
