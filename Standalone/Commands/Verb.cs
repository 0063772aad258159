namespace TraceDemo.Standalone.Commands;

internal enum Verb
{
    Up,
    Demo,
    Test,
    Realm,
    AddAgent,
    Help,
}
