using System.Text;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

internal static class Masking
{
    /// <summary>The line with each sensitive value replaced by the name of its kind. No character of a value remains.</summary>
    /// <param name="line">The line.</param>
    /// <param name="values">The values in it, in order, without overlap.</param>
    /// <param name="position">A place in the line.</param>
    /// <param name="maskedPosition">The same place in the result.</param>
    public static string Mask(string line, IReadOnlyList<SensitiveValue> values, int position, out int maskedPosition)
    {
        var masked = new StringBuilder();
        var copied = 0;
        maskedPosition = -1;

        foreach (var value in values)
        {
            if (maskedPosition < 0 && position < value.End)
            {
                maskedPosition = masked.Length + Math.Max(0, Math.Min(position, value.Start) - copied);
            }

            masked.Append(line, copied, value.Start - copied).Append('[').Append(value.Kind.Label()).Append(']');
            copied = value.End;
        }

        if (maskedPosition < 0)
        {
            maskedPosition = masked.Length + position - copied;
        }

        return masked.Append(line, copied, line.Length - copied).ToString();
    }
}
