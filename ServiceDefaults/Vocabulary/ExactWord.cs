using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>
/// The words of an enumeration, in camel case: the same in JSON, files, tokens and telemetry. Other cases, numbers and lists are not words,
/// because alternative spellings can bypass a check.
/// </summary>
public static class ExactWord
{
    /// <summary>The word of a value, for example <c>notApplicable</c>.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">A named value.</param>
    public static string Word<T>(this T value)
        where T : struct, Enum => Table<T>.Words[value];

    /// <summary>The value of a word.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="word">The word, compared exactly.</param>
    /// <exception cref="FormatException">It is not a word of the enumeration.</exception>
    public static T Parse<T>(string? word)
        where T : struct, Enum =>
        TryParse<T>(word, out var value) ? value : throw new FormatException($"'{word}' is not a {typeof(T).Name}.");

    /// <summary>Finds the value of a word. False if it is not a word of the enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="word">The word, compared exactly.</param>
    /// <param name="value">The value.</param>
    public static bool TryParse<T>([NotNullWhen(true)] string? word, out T value)
        where T : struct, Enum
    {
        value = default;
        return word is not null && Table<T>.Values.TryGetValue(word, out value);
    }

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Words =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> Values =
            Words.ToDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);
    }
}
