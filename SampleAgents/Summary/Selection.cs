namespace TraceDemo.SampleAgents.Summary;

/// <summary>The sentences selected so far, and the remaining candidates.</summary>
internal sealed class Selection(IEnumerable<Candidate> candidates, int room)
{
    private readonly List<Candidate> _left = [.. candidates];
    private readonly List<Candidate> _picked = [];
    private int _room = room;

    public IReadOnlyList<Candidate> Picked => _picked;

    public int Count => _picked.Count;

    public int CountOf(int section) => _picked.Count(candidate => candidate.Section == section);

    /// <summary>Selects the best qualifying sentences one by one, because each selection changes the other scores.</summary>
    public void Add(int maxCount, Func<Candidate, bool> qualifies, Func<Candidate, double> score, Action<Candidate> picked)
    {
        for (var i = 0; i < maxCount; i++)
        {
            // MaxBy returns the first of equals, so the earlier sentence wins a tie.
            if (_left.Where(qualifies).MaxBy(score) is not { } best)
            {
                return;
            }

            _picked.Add(best);
            _room -= best.Text.Length + 1;
            _left.RemoveAll(candidate => candidate.Text.Length > _room || candidate.Text == best.Text);
            picked(best);
        }
    }
}
