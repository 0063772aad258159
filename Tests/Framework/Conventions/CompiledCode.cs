using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>The compiled code of a project. It is exact, where a text search would guess.</summary>
internal static class CompiledCode
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyList<Call>> CallsOf = new();

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<Call> Calls(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => CallsOf.GetOrAdd(assembly, one => [.. WithSymbols(one, CallsIn)]));

    public static IEnumerable<MethodSpan> Methods(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly =>
            WithSymbols(assembly, (method, symbols) => SpanOf(method, symbols) is { } span ? [span] : Array.Empty<MethodSpan>()));

    /// <summary>Which method names which, an async method its own body too;
    /// constructed generic methods count as their definitions.</summary>
    public static IEnumerable<(MethodBase Caller, MethodBase Callee)> Edges(Assembly assembly)
    {
        foreach (var method in MethodsWithBody(assembly))
        {
            if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
            {
                yield return (method, machine.StateMachineType.GetMethod("MoveNext", Assemblies.Declared)!);
            }

            foreach (var (_, callee) in Callees(method))
            {
                yield return (method, callee.Module == method.Module ? callee.Module.ResolveMethod(callee.MetadataToken)! : callee);
            }
        }
    }

    /// <summary>The types that a type names: in what it derives from, its members, its attributes and its methods' bodies.</summary>
    public static IEnumerable<Type> TypesNamedBy(Type type) =>
        type.GetInterfaces().Append(type.BaseType).OfType<Type>()
            .Concat(type.GetGenericArguments().Where(argument => argument.IsGenericParameter)
                .SelectMany(parameter => parameter.GetGenericParameterConstraints()))
            .Concat(type.GetMembers(Assemblies.Declared).SelectMany(TypesNamedBy))
            .Concat(AttributesOf(type))
            .SelectMany(Parts).Distinct();

    private static IEnumerable<Type> TypesNamedBy(MemberInfo member) => AttributesOf(member).Concat(member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        EventInfo { EventHandlerType: { } handler } => [handler],
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType)
            .Concat(method is MethodInfo { ReturnType: var returned } ? [returned] : [])
            .Concat(method.GetMethodBody() is { } body
                ? [.. body.LocalVariables.Select(local => local.LocalType), .. TypesInBody(method)]
                : []),
        _ => [],
    });

    private static IEnumerable<Type> AttributesOf(MemberInfo member) => member.GetCustomAttributesData()
        .SelectMany(attribute => attribute.ConstructorArguments.Select(argument => argument.Value).OfType<Type>()
            .Append(attribute.AttributeType));

    private static IEnumerable<Type> TypesInBody(MethodBase method) =>
        Instructions(method).SelectMany(instruction => instruction.Code.OperandType switch
        {
            OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok =>
                TypesOf(Resolve(method, instruction.Token)),
            _ => [],
        });

    private static IEnumerable<Type> TypesOf(MemberInfo? member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => method.GetGenericArguments().Append(method.DeclaringType).OfType<Type>(),
        { DeclaringType: { } declaring } => [declaring],
        _ => [],
    };

    /// <summary>A type and those it is made of: the elements of an array, the arguments of a generic type.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];

    private static IEnumerable<MethodBase> MethodsWithBody(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMembers(Assemblies.Declared)).OfType<MethodBase>()
            .Where(method => method.GetMethodBody() is not null);

    private static List<T> WithSymbols<T>(Assembly assembly, Func<MethodBase, MetadataReader, IEnumerable<T>> read)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        var symbols = provider.GetMetadataReader();
        return [.. MethodsWithBody(assembly).SelectMany(method => read(method, symbols))];
    }

    private static IEnumerable<Call> CallsIn(MethodBase method, MetadataReader symbols)
    {
        var points = Points(method, symbols).ToList();
        // Neither the entry point's wrapper nor generated code was written by anybody.
        if (method.Name == "<Main>" || points.Count == 0)
        {
            yield break;
        }

        var stateMachine = method.DeclaringType!.IsAssignableTo(typeof(IAsyncStateMachine));
        foreach (var (offset, callee) in Callees(method))
        {
            var at = points.LastOrDefault(point => point.Offset <= offset);
            if (callee.DeclaringType is { } type)
            {
                yield return new Call(Outermost(method.DeclaringType!), $"{NameOf(type)}.{callee.Name}", stateMachine, Place(symbols, at));
            }
        }
    }

    private static IEnumerable<(int Offset, MethodBase Callee)> Callees(MethodBase method) =>
        from instruction in Instructions(method)
        where instruction.Code.OperandType == OperandType.InlineMethod
        let callee = Resolve(method, instruction.Token) as MethodBase
        where callee is not null
        select (instruction.Offset, callee);

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    /// <summary>The token means something only where the code's operand is one.</summary>
    private static IEnumerable<(int Offset, OpCode Code, int Token)> Instructions(MethodBase method)
    {
        var il = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var at = 0; at < il.Length;)
        {
            var start = at;
            var code = il[at] == 0xFE ? OpCodes[(short)(0xFE00 | il[at + 1])] : OpCodes[il[at]];
            at += code.Size;
            var size = OperandSize(code.OperandType, il, at);
            yield return (start, code, size >= sizeof(int) ? BitConverter.ToInt32(il, at) : 0);
            at += size;
        }
    }

    private static int OperandSize(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    /// <summary>Constructors are left out: theirs span from the first field with a value to the last.</summary>
    private static MethodSpan? SpanOf(MethodBase method, MetadataReader symbols)
    {
        var points = Points(method, symbols).ToList();
        return points.Count == 0 || method is ConstructorInfo ? null : new MethodSpan(
            FileOf(symbols, points[0]), points.Min(point => point.StartLine), points.Max(point => point.EndLine),
            $"{Outermost(method.DeclaringType!).Name}.{method.Name}");
    }

    private static IEnumerable<SequencePoint> Points(MethodBase method, MetadataReader symbols) =>
        symbols.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(method.MetadataToken & 0xFFFFFF)).GetSequencePoints()
            .Where(point => !point.IsHidden && FileOf(symbols, point) is { } file && file.EndsWith(".cs", StringComparison.Ordinal)
                && !file.Contains("obj/", StringComparison.Ordinal) && !file.StartsWith("..", StringComparison.Ordinal));

    private static string Place(MetadataReader symbols, SequencePoint point) => point.Document.IsNil
        ? "?"
        : $"{FileOf(symbols, point)}:{point.StartLine}";

    private static string FileOf(MetadataReader symbols, SequencePoint point) =>
        Path.GetRelativePath(Repository.Root, symbols.GetString(symbols.GetDocument(point.Document).Name)).Replace('\\', '/');

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName?.Replace('+', '.') ?? type.Name;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
