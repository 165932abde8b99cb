using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Domain.Tests.Triage;

public sealed class SummaryEngineTests
{
    private static readonly SummaryEngine Engine = new(new TriageEngine(RuleSet.Default));

    [Fact]
    public void A_summary_quotes_the_sentences_that_the_level_rests_on()
    {
        var summary = Engine.Summarise(
            [
                new(1, true, "hi. school was bad"), new(2, false, "Tell me more."), new(3, true, "it rained. i am going to kill myself tonight. sorry"),
                new(4, true, "my cat is here"), new(5, true, "ok thanks"),
            ],
            RiskLevel.None, ["school"]);

        Assert.Equal(RiskLevel.Imminent, summary.Level);
        Assert.Contains("suicide", summary.Topics);
        Assert.Equal("i am going to kill myself tonight.", summary.Lines.Single(line => line.Sequence == 3).Text);
        Assert.Equal([1L, 3L, 5L], summary.Lines.Select(line => line.Sequence));
        Assert.Equal((4, 1), (summary.FromTexter, summary.FromLine));
        Assert.Contains("Tags: school", summary.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_line_wrote_is_neither_quoted_nor_taken_for_danger()
    {
        var summary = Engine.Summarise([new(1, false, "Are you going to kill yourself tonight?"), new(2, true, "no")], RiskLevel.None, []);

        Assert.Equal(RiskLevel.None, summary.Level);
        Assert.Equal(2, Assert.Single(summary.Lines).Sequence);
    }

    [Fact]
    public void A_level_that_a_person_gave_is_not_lowered() =>
        Assert.Equal(RiskLevel.High, Engine.Summarise([new(1, true, "hi")], RiskLevel.High, []).Level);

    [Fact]
    public void A_conversation_without_a_word_has_a_summary() =>
        Assert.Empty(Engine.Summarise([new(1, true, "  ")], RiskLevel.None, []).Lines);

    [Fact]
    public void A_long_sentence_is_cut_at_a_word()
    {
        var line = Assert.Single(Engine.Summarise([new(1, true, string.Join(' ', Enumerable.Repeat("word", 200)))], RiskLevel.None, []).Lines);

        Assert.EndsWith("word…", line.Text, StringComparison.Ordinal);
        Assert.True(line.Text.Length <= 241);
    }
}
