using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.Tests.Documents;

public sealed class DocumentFileTests
{
    private const string Valid = """
        ---
        id: DOC-100
        title: Plan of the year
        departments: [finance, engineering]
        match: all
        sensitivity: high
        owner: Someone
        ---
        # Plan

        Text.
        """;

    private static readonly DocumentFile Parser = new(Facts.Data.Departments);

    [Theory]
    [InlineData("DOC-001", "Engineering Roadmap", "engineering", DepartmentMatch.Any, Sensitivity.Medium)]
    [InlineData("DOC-002", "Q4 Financial Report", "finance", DepartmentMatch.Any, Sensitivity.High)]
    [InlineData("DOC-003", "Admin Policies", "admin", DepartmentMatch.Any, Sensitivity.Critical)]
    [InlineData("DOC-004", "HR Guidelines", "hr", DepartmentMatch.Any, Sensitivity.Medium)]
    [InlineData("DOC-005", "Budget Projections", "engineering finance", DepartmentMatch.All, Sensitivity.High)]
    [InlineData("DOC-006", "Compliance Audit", "admin finance", DepartmentMatch.All, Sensitivity.Critical)]
    [InlineData("DOC-007", "All-Hands Summary", "public", DepartmentMatch.Any, Sensitivity.Public)]
    internal void Shipped_documents_are_those_of_the_contract(
        string id, string title, string departments, DepartmentMatch match, Sensitivity sensitivity)
    {
        var document = Facts.Documents[id];

        Assert.Equal(title, document.Title);
        Assert.NotNull(document.Owner);
        Assert.Equal((match, sensitivity), (document.Classification!.Match, document.Classification.Sensitivity));
        Assert.Equal(departments.Split(' '), document.Classification.Departments);
        Assert.StartsWith("# ", document.Content, StringComparison.Ordinal);
        Assert.InRange(document.Content.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length, 300, 900);
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    public void Complete_metadata_classifies_the_document(string lineEnd, string mark)
    {
        var document = Read(mark + Valid.ReplaceLineEndings(lineEnd))!;

        Assert.Empty(document.Faults);
        Assert.Equal(["engineering", "finance"], document.Classification!.Departments);
        Assert.Equal("# Plan\n\nText.", document.Content);
    }

    [Theory]
    [InlineData("id: DOC-100", "", "id")]
    [InlineData("id: DOC-100", "id: ../etc/passwd", "id")]
    [InlineData("title: Plan of the year", "", "title")]
    [InlineData("title: Plan of the year", "title: \"two\\nlines\"", "title")]
    [InlineData("owner: Someone", "owner:", "owner")]
    [InlineData("departments: [finance, engineering]", "", "departments")]
    [InlineData("departments: [finance, engineering]", "departments: []", "departments")]
    [InlineData("departments: [finance, engineering]", "departments: finance", "departments")]
    [InlineData("departments: [finance, engineering]", "departments: [finance, sales]", "departments")]
    [InlineData("departments: [finance, engineering]", "departments: [Finance]", "departments")]
    [InlineData("departments: [finance, engineering]", "departments: [public, finance]", "departments")]
    [InlineData("departments: [finance, engineering]", "departments: [public]", "sensitivity")]
    [InlineData("departments: [finance, engineering]", "departments: [/finance]", "departments")]
    [InlineData("match: all", "", "match")]
    [InlineData("match: all", "match: some", "match")]
    [InlineData("match: all", "match: ALL", "match")]
    [InlineData("match: all", "match: [all]", "match")]
    [InlineData("sensitivity: high", "", "sensitivity")]
    [InlineData("sensitivity: high", "sensitivity: 3", "sensitivity")]
    [InlineData("sensitivity: high", "sensitivity: secret", "sensitivity")]
    [InlineData("sensitivity: high", "sensitivity: public", "sensitivity")]
    public void Ambiguous_metadata_leaves_the_document_unclassified(string line, string replacement, string member)
    {
        var document = Read(Valid.Replace(line, replacement, StringComparison.Ordinal))!;

        Assert.Null(document.Classification);
        Assert.Equal(member, Assert.Single(document.Faults).Member);
    }

    [Theory]
    [InlineData("no front matter at all")]
    [InlineData("")]
    [InlineData("---\nid: DOC-100\nnever closed")]
    [InlineData("---\n---\n")]
    [InlineData(" ---\nid: DOC-100\n---\n")]
    [InlineData("---\n- id\n- DOC-100\n---\n")]
    [InlineData("---\nid: DOC-100\nid: DOC-100\n---\n")]
    [InlineData("---\nx: &a [finance]\ndepartments: *a\n---\n")]
    [InlineData("---\nid: !!binary DOC-100\n---\n")]
    [InlineData("---\nid: {a: b}\n---\n")]
    [InlineData("---\nid: [[a]]\n---\n")]
    [InlineData("---\n? [a]\n: b\n---\n")]
    [InlineData("---\n<<: *x\n---\n")]
    [InlineData("---\nid: \"unfinished\n---\n")]
    [InlineData("---\nid: a\n...\nid: b\n---\n")]
    public void Invalid_front_matter_is_an_unclassified_document_named_after_its_file(string file)
    {
        var document = Parser.Read("DOC-200", Encoding.UTF8.GetBytes(file))!;

        Assert.Equal("DOC-200", document.Id.Value);
        Assert.Null(document.Classification);
        Assert.Contains(document.Faults, fault => fault.Member == "frontMatter");
    }

    [Fact]
    public void File_that_is_too_large_or_not_text_is_unclassified()
    {
        byte[] tooLarge = [.. Encoding.UTF8.GetBytes(Valid), .. Enumerable.Repeat((byte)'x', DocumentFile.MaxBytes)];
        byte[] notText = [.. Encoding.UTF8.GetBytes(Valid), 0xC3, 0x28];

        Assert.Null(Parser.Read("DOC-100", tooLarge)!.Classification);
        Assert.Null(Parser.Read("DOC-100", notText)!.Classification);
        Assert.NotNull(Parser.Read("DOC-100", tooLarge.AsSpan(0, DocumentFile.MaxBytes))!.Classification);
    }

    [Fact]
    public void File_without_a_usable_id_is_not_a_document() => Assert.Null(Parser.Read("my notes", "text"u8));

    [Fact]
    public void Deep_nesting_and_endless_lists_are_refused_safely()
    {
        string[] hostile =
        [
            "departments: " + new string('[', 4000),
            "departments: [" + string.Join(',', Enumerable.Repeat("a", 1500)) + "]",
            string.Concat(Enumerable.Range(0, 400).Select(number => $"m{number}: x\n")),
            "x: " + new string('y', 5000),
        ];

        Assert.All(hostile, yaml => Assert.Null(FrontMatter.Read($"---\n{yaml}\n---\nText.")));
    }

    [Fact]
    public void Etag_depends_on_every_byte()
    {
        var (one, other) = (Read(Valid)!, Read(Valid + " ")!);

        Assert.Matches("^\"[0-9a-f]{32}\"$", one.ETag);
        Assert.NotEqual(one.ETag, other.ETag);
        Assert.Equal(one.ETag, Read(Valid)!.ETag);
    }

    [Fact]
    public void Arbitrary_bytes_never_throw_and_never_classify()
    {
        var bytes = Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>());
        Check(bytes, given => Parser.Read("DOC-100", given)!.Classification is null);
    }

    [Fact]
    public void Arbitrary_yaml_never_throws()
    {
        string[] parts = ["id", "departments", "match", ": ", "\n", "[", "]", "{", "}", "&a ", "*a", "!!t ", "- ", "? ", "|", ">", "\"",
            "'", "#", "%", "@", "\t", ",", "x", "\0", "---"];
        Check(
            Gen.ArrayOf(Gen.Elements(parts)),
            given => Parser.Read("DOC-100", Encoding.UTF8.GetBytes($"---\n{string.Concat(given)}\n---\n"))!.Classification is null);
    }

    [Fact]
    public void One_damaged_byte_never_widens_access_to_a_document()
    {
        var original = Encoding.UTF8.GetBytes(Valid.ReplaceLineEndings("\n"));
        var damage = from at in Gen.Choose(0, original.Length - 1) from value in ArbMap.Default.GeneratorFor<byte>() select (at, value);
        Check(damage, given =>
        {
            byte[] damaged = [.. original];
            damaged[given.at] = given.value;
            return Parser.Read("DOC-100", damaged)?.Classification is not { } read
                || (read.Departments.SequenceEqual(["engineering", "finance"])
                    && read is { Match: DepartmentMatch.All, Sensitivity: Sensitivity.High });
        });
    }

    private static Document? Read(string file) => Parser.Read("DOC-100", Encoding.UTF8.GetBytes(file));

    private static void Check<T>(Gen<T> given, Func<T, bool> holds) =>
        Prop.ForAll(given.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
