using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that contradicts an earlier one.</summary>
/// <remarks>
/// <b>Why</b> A picture had one date, one rating (explicit stands beside nsfw) and so many people; two of a kind pull in two directions.
/// Quality words of opposite ends belong into positive and negative prompt.
/// <b>Bad</b> <c>1girl, [|2girls|], newest, [|old|]</c>
/// <b>Good</b> <c>2girls, nsfw, explicit, newest</c>
/// <b>Fix</b> None: which one is meant is for the author to know.
/// </remarks>
internal sealed class ConflictingTags : Rule
{
    private const string Solo = "solo";

    public override RuleInfo Info { get; } = new("KHK103", "conflicting-tags", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Special | TagTraits.PeopleCount)) return;
        var tags = prompt.Tags;
        for (var i = 0; i < tags.Length;)
        {
            var end = i + 1;
            while (end < tags.Length && tags[end].Region == tags[i].Region) end++;
            new Region(this, prompt, report, tags[i..end]).Check();
            i = end;
        }
    }

    /// <summary>The tags that stand beside each other; of each kind the first one counts.</summary>
    private ref struct Region(ConflictingTags rule, PromptView prompt, Report report, ReadOnlySpan<TagView> tags)
    {
        private const int Most = 16;
        private readonly ReadOnlySpan<TagView> _tags = tags;
        private Places _words;
        private Places _groups;
        private int _wordCount;
        private int _groupCount;

        public void Check()
        {
            var solo = -1;
            for (var i = 0; i < _tags.Length; i++)
            {
                ref readonly var tag = ref _tags[i];
                if (tag.Is(TagTraits.Special)) CheckWord(i);
                else if (tag.Is(TagTraits.PeopleCount)) CheckCount(i, prompt.Profile.PeopleCounts[tag.Text.SpecialIndex]);
                else if (solo < 0 && tag.Span.Length >= Solo.Length && tag.Text.Canonical == Solo) solo = i;
            }

            if (solo >= 0) CheckSolo(solo);
        }

        /// <summary>A date, rating or quality word against the different ones before it; of these there are few.</summary>
        private void CheckWord(int index)
        {
            var text = _tags[index].Text;
            var isNew = true;
            for (var i = 0; i < _wordCount; i++)
            {
                var other = _tags[_words[i]].Text;
                if (other.Special != text.Special) continue;
                if (other.SpecialIndex == text.SpecialIndex)
                {
                    isNew = false;
                    continue;
                }

                if (!Contradict(text.Special, text.SpecialIndex, other.SpecialIndex)) continue;
                Report(index, _words[i]);
                return;
            }

            if (isNew && _wordCount < Most) _words[_wordCount++] = index;
        }

        private readonly bool Contradict(SpecialKind kind, int a, int b)
        {
            var qualities = prompt.Profile.Qualities;
            return kind switch
            {
                SpecialKind.Date => true,
                SpecialKind.Rating => !prompt.Profile.RatingsGoTogether(a, b),
                _ => qualities[a].End != qualities[b].End && qualities[a].End != QualityEnd.Middle && qualities[b].End != QualityEnd.Middle,
            };
        }

        private void CheckCount(int index, PeopleCountWord count)
        {
            if (count.Group is null) return;
            for (var i = 0; i < _groupCount; i++)
            {
                var first = prompt.Profile.PeopleCounts[_tags[_groups[i]].Text.SpecialIndex];
                if (first.Group != count.Group) continue;
                if (count.Minimum > first.Maximum || first.Minimum > count.Maximum) Report(index, _groups[i]);
                return;
            }

            if (_groupCount < Most) _groups[_groupCount++] = index;
        }

        private readonly void CheckSolo(int solo)
        {
            var people = 0;
            for (var i = 0; i < _groupCount; i++) people += prompt.Profile.PeopleCounts[_tags[_groups[i]].Text.SpecialIndex].Minimum;
            if (people > 1) Report(solo, _groups[_groupCount - 1]);
        }

        private readonly void Report(int index, int earlier) =>
            report.Add(rule, _tags[index].Span, $"`{prompt.Slice(_tags[index].Span)}` contradicts `{prompt.Slice(_tags[earlier].Span)}`")
                .Help("keep the one that is meant").Related(_tags[earlier].Span, "here");

        [System.Runtime.CompilerServices.InlineArray(Most)]
        private struct Places
        {
            private int _first;
        }
    }
}
