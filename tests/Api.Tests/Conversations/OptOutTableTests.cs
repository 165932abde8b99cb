using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Keywords;

namespace Chat.Api.Tests.Conversations;

/// <summary>
/// What a bare stop does, over every state and level: who is in no danger is let go, and on who is in danger nothing closes and people
/// are told. The words and the ways to write them take turns over the cells; each alone is tried in OptOutWordsTests.
/// </summary>
[Collection(TimedSuite.Name)]
public sealed class OptOutTableTests(TimedApi api)
{
    private static readonly string[] Words = [.. OptOutWords.All.Order(StringComparer.Ordinal)];
    private static readonly RiskLevel[] Levels = Enum.GetValues<RiskLevel>();

    public static TheoryData<ConversationState> OpenStates => [.. Enum.GetValues<ConversationState>().Except(ConversationLifecycle.Terminal)];

    [Theory]
    [MemberData(nameof(OpenStates))]
    public async Task A_stop_has_exactly_this_effect(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api);
        var cells = new List<(string Texter, Guid Id, RiskLevel Level, string Word)>();
        foreach (var level in Levels)
        {
            var (texter, id) = await shift.GivenAsync(state);
            await shift.GivenRiskAsync(id, level.Name());
            cells.Add((texter, id, level, Typed((int)state * Levels.Length + (int)level)));
        }

        foreach (var cell in cells)
        {
            await shift.Affiliate.TextAsync(cell.Texter, cell.Word);
        }

        await TakenUpAsync(shift);
        foreach (var (_, id, level, word) in cells)
        {
            var after = await shift.ReadAsync(id);
            var expected = Expected(state, level);
            Assert.True(expected.Name() == after.GetProperty("state").GetString(), $"{state}, {level}, '{word}': {after.GetProperty("state")} and not {expected.Name()}");
            Assert.Equal(expected == ConversationState.Closed ? "opted_out" : null, after.GetProperty("closeReason").GetString());

            // No text goes out by itself afterwards, whatever the state; the desk says why.
            Assert.True(await api.AskAsync<bool>(
                "select exists (select from stopped_texters s join conversations c on c.texter_id = s.texter_id and c.affiliate_id = s.affiliate_id where c.affiliate_id = $1 and c.id = $2)",
                shift.Affiliate.Id, id));
        }

        // Who held them is told of those in danger, and supervisors are; of an escalated one supervisors are told whatever the level.
        var inDanger = Levels.Count(level => level >= RiskLevel.High);
        var escalated = state is ConversationState.EscalatedMedical or ConversationState.EscalatedPolice;
        Assert.Equal(escalated ? Levels.Length : inDanger, await shift.ToldAsync(shift.SupervisorId, "opted_out_in_danger"));
        Assert.Equal(state is ConversationState.New or ConversationState.Queued ? 0 : inDanger, await shift.ToldAsync(shift.ResponderId, "opted_out_in_danger"));
    }

    [Theory]
    [MemberData(nameof(OpenStates))]
    public async Task The_word_inside_a_sentence_closes_nothing_and_stops_nothing(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api);
        var cells = new List<(string Texter, Guid Id)>();
        foreach (var level in Levels)
        {
            var (texter, id) = await shift.GivenAsync(state);
            await shift.GivenRiskAsync(id, level.Name());
            cells.Add((texter, id));
        }

        for (var index = 0; index < cells.Count; index++)
        {
            await shift.Affiliate.TextAsync(cells[index].Texter, $"they told me to {Words[((int)state + index) % Words.Length].ToUpperInvariant()} and I did");
        }

        await TakenUpAsync(shift);
        foreach (var (_, id) in cells)
        {
            Assert.NotEqual("closed", await shift.StateAsync(id));
        }

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from stopped_texters where affiliate_id = $1", shift.Affiliate.Id));
        Assert.Equal(0, await shift.ToldAsync(shift.SupervisorId, "opted_out_in_danger"));
    }

    private static ConversationState Expected(ConversationState state, RiskLevel level) =>
        level < RiskLevel.High ? ConversationState.Closed : state switch
        {
            // Nobody had been called, and nobody was looking any more.
            ConversationState.New => ConversationState.Queued,
            ConversationState.WrapUp or ConversationState.FollowUpScheduled or ConversationState.FollowUpActive => ConversationState.Active,
            _ => state,
        };

    private static string Typed(int cell)
    {
        var word = Words[cell % Words.Length];
        return (cell % 5) switch
        {
            0 => word.ToUpperInvariant(),
            1 => word + ".",
            2 => char.ToUpperInvariant(word[0]) + word[1..] + "!",
            3 => $"  \"{word}\" ",
            _ => word + " 🛑",
        };
    }

    private Task TakenUpAsync(Shift shift) => Eventually.Is(
        async () => await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind in ('texter', 'risk')", shift.Affiliate.Id) == 0,
        "all are taken up");
}
