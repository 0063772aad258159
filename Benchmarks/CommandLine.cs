using System.Globalization;
using TraceDemo.Benchmarks.Cases;

namespace TraceDemo.Benchmarks;

/// <summary><c>[name…] [--rounds n] [--seconds n]</c>; without a name, all benchmarks run.</summary>
internal sealed record CommandLine(IReadOnlyCollection<string> Names, Effort Effort, string? Error)
{
    private const int MostRounds = 100;
    private const int MostSeconds = 60;

    public static CommandLine Parse(IReadOnlyList<string> arguments, IReadOnlyCollection<string> known)
    {
        var names = new List<string>();
        var (rounds, seconds) = (5, 3);
        for (var index = 0; index < arguments.Count; index++)
        {
            var value = index + 1 < arguments.Count ? arguments[index + 1] : null;
            switch (arguments[index])
            {
                case "--rounds" when Number(value, MostRounds) is { } number:
                    (rounds, index) = (number, index + 1);
                    break;
                case "--seconds" when Number(value, MostSeconds) is { } number:
                    (seconds, index) = (number, index + 1);
                    break;
                case var name when known.Contains(name):
                    names.Add(name);
                    break;
                default:
                    return new CommandLine([], new Effort(0, default),
                        $"'{arguments[index]}' is not a benchmark or an option. Benchmarks: {string.Join(", ", known)}; options: --rounds "
                        + $"1-{MostRounds}, --seconds 1-{MostSeconds}.");
            }
        }

        return new CommandLine(names.Count == 0 ? known : names, new Effort(rounds, TimeSpan.FromSeconds(seconds)), Error: null);
    }

    private static int? Number(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : null;
}
