using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Domain.Tests.Triage;

public sealed class EnglishTests
{
    private static readonly TriageEngine Engine = new(RuleSet.Default);

    [Theory]
    [InlineData(RiskLevel.None, "hi")]
    [InlineData(RiskLevel.None, "how do I volunteer with you")]
    [InlineData(RiskLevel.None, "we broke up and I am so sad")]
    [InlineData(RiskLevel.Low, "I want to die")]
    [InlineData(RiskLevel.Low, "i wish i was dead")]
    [InlineData(RiskLevel.Low, "she keeps saying she wants to die")]
    [InlineData(RiskLevel.Low, "i think about killing myself")]
    [InlineData(RiskLevel.Low, "i feel suicidal")]
    [InlineData(RiskLevel.High, "im going to kill myself")]
    [InlineData(RiskLevel.High, "my brother says he is going to kill himself")]
    [InlineData(RiskLevel.Imminent, "im going to kill myself tonight")]
    [InlineData(RiskLevel.Imminent, "gonna kms tonight")]
    public void A_message_has_the_level_of_the_danger_it_speaks_of(RiskLevel level, params string[] messages) =>
        Assert.Equal(level, Engine.Assess(messages).Level);

    [Theory]
    [InlineData(RiskLevel.High, "i'm gonna unalive myself")]
    [InlineData(RiskLevel.High, "IM GONNA KILL MYSELF")]
    [InlineData(RiskLevel.High, "im gonna k1ll myself")]
    [InlineData(RiskLevel.High, "im gonna k*ll my self")]
    [InlineData(RiskLevel.High, "im  gonna   k i l l m y s e l f")]
    [InlineData(RiskLevel.Low, "𝐢 𝐟𝐞𝐞𝐥 𝐬𝐮𝐢𝐜𝐢𝐝𝐚𝐥")]
    [InlineData(RiskLevel.Low, "i feel suicdal")]
    public void How_it_is_spelt_changes_nothing(RiskLevel level, params string[] messages) =>
        Assert.Equal(level, Engine.Assess(messages).Level);

    [Theory]
    [InlineData("im not going to kill myself")]
    [InlineData("i would never kill myself")]
    public void What_is_denied_is_not_held(params string[] messages) => Assert.True(Engine.Assess(messages).Level <= RiskLevel.Low);
}
