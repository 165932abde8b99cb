using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Domain.Tests.Triage;

public sealed class TriageEngineTests
{
    private static readonly TriageEngine Engine = new(RuleSet.Default);

    [Theory]
    [InlineData("jk")]
    [InlineData("never mind, feeling better")]
    [InlineData("it was a joke lol")]
    [InlineData("im not going to do anything")]
    [InlineData("i gave the pills to my mom")]
    [InlineData("ya estoy mejor, gracias")]
    public void Nothing_that_comes_later_lowers_a_level(string later) =>
        Assert.Equal(RiskLevel.Imminent, Engine.Assess(["i am going to kill myself tonight", later]).Level);

    [Theory]
    [InlineData(RiskLevel.Imminent, "i cant do this anymore", "i have pills", "tonight")]
    [InlineData(RiskLevel.Imminent, "ya no puedo mas", "tengo pastillas", "hoy en la noche")]
    [InlineData(RiskLevel.Imminent, "he hit me", "hes still here")]
    [InlineData(RiskLevel.High, "i want to die", "my dad has a gun in the closet")]
    public void What_is_said_in_several_messages_counts_together(RiskLevel level, params string[] messages) =>
        Assert.Equal(level, Engine.Assess(messages).Level);

    [Theory]
    [InlineData("im not suicidal")]
    [InlineData("i would never kill myself")]
    [InlineData("no me quiero morir")]
    [InlineData("no me voy a matar")]
    [InlineData("this homework is killing me")]
    [InlineData("me muero de hambre")]
    [InlineData("my mom is going to kill me when she sees my grades")]
    [InlineData("he killed me twice in that game")]
    public void What_is_denied_or_a_figure_of_speech_holds_nothing(string message) =>
        Assert.Equal(RiskLevel.None, Engine.Assess([message]).Level);

    [Theory]
    [InlineData(RiskLevel.Imminent, "im going to kill myself tonight")]
    [InlineData(RiskLevel.High, "im going to kill myself next week")]
    [InlineData(RiskLevel.Imminent, "me voy a matar esta noche")]
    [InlineData(RiskLevel.High, "me voy a matar la proxima semana")]
    [InlineData(RiskLevel.High, "i tried to kill myself last week")]
    [InlineData(RiskLevel.Moderate, "i tried to kill myself five years ago and now i feel hopeless")]
    public void When_it_is_said_to_be_decides_between_levels(RiskLevel level, string message) =>
        Assert.Equal(level, Engine.Assess([message]).Level);

    [Theory]
    [InlineData("im going to kill myself", "my brother says he is going to kill himself")]
    [InlineData("i want to die", "my daughter wants to die")]
    [InlineData("me voy a matar", "mi hermano dice que se va a matar")]
    public void Somebody_else_in_danger_counts_as_the_texter_would(string own, string others) =>
        Assert.Equal(Engine.Assess([own]).Level, Engine.Assess([others]).Level);

    [Fact]
    public void A_reason_says_which_rule_spoke_of_which_words()
    {
        const string message = "hi. im going to kill myself tonight";

        var reason = Engine.Assess(TriageMemory.Empty, message, 7).Reasons[0];

        Assert.Equal(RiskLevel.Imminent, reason.Level);
        Assert.Equal(7, reason.Sequence);
        Assert.Equal(message.Substring(reason.Start, reason.Length), reason.Phrase);
    }

    [Fact]
    public void What_is_remembered_holds_no_word_that_was_written()
    {
        var memory = Engine.Assess(["qwertz im going to kill myself tonight qwertz"]).Memory;

        Assert.DoesNotContain("qwertz", JsonSerializer.Serialize(memory), StringComparison.Ordinal);
        Assert.DoesNotContain("myself", JsonSerializer.Serialize(memory), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_remembered_survives_being_stored()
    {
        var stored = JsonSerializer.Serialize(Engine.Assess(["i cant do this anymore", "i have pills"]).Memory);

        Assert.Equal(RiskLevel.Imminent, Engine.Assess(JsonSerializer.Deserialize<TriageMemory>(stored)!, "tonight", 3).Level);
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙏")]
    [InlineData("...")]
    [InlineData("\uD83D")]
    public void A_message_without_a_word_holds_nothing(string message) => Assert.Equal(RiskLevel.None, Engine.Assess([message]).Level);

    [Theory]
    [InlineData("kill myself tonight ")]
    [InlineData("i want to want to die and die or not die ")]
    [InlineData("a")]
    [InlineData("k i l l ")]
    [InlineData("kil1 ")]
    public void The_longest_message_is_read_in_good_time(string piece)
    {
        var message = string.Concat(Enumerable.Repeat(piece, 16_000 / piece.Length));
        Engine.Assess([message]);
        var started = TimeProvider.System.GetTimestamp();

        Engine.Assess([message]);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }
}
