using System.Reflection;
using Xunit.v3;

[assembly: TraceDemo.AppHost.Tests.NeedsContainers]

namespace TraceDemo.AppHost.Tests;

/// <summary>Skips every test of the assembly, with the reason, where no container can be started.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NeedsContainersAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Assert.SkipWhen(ContainerRuntime.Missing is not null, ContainerRuntime.Missing ?? "");
}
