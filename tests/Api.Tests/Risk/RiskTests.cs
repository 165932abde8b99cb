using System.Text.Json;
using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Risk;

/// <summary>What triage reads out of messages, where it shows, and what it brings about.</summary>
[Collection(TimedSuite.Name)]
public sealed class RiskTests(TimedApi api)
{
    private const string Imminent = "I am going to kill myself tonight";

    [Fact]
    public async Task Whoever_is_in_danger_is_answered_first_and_people_are_told_why()
    {
        var shift = await Shift.BeginAsync(api);
        await (await shift.Colleague.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);
        await shift.Affiliate.GivenWaitingAsync("i had a bad day at school");
        var (_, inDanger) = await shift.Affiliate.GivenWaitingAsync(Imminent);

        await UntilRiskAsync(shift, inDanger, "imminent");

        var queue = (await (await shift.Responder.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal((inDanger, "imminent"), (queue.GetProperty("conversationId").GetGuid(), queue.GetProperty("riskLevel").GetString()));
        var risk = await RiskAsync(shift, inDanger);
        Assert.Contains(risk.GetProperty("reasons").EnumerateArray(), reason => Imminent.Contains(reason.GetProperty("phrase").GetString()!, StringComparison.Ordinal));
        var change = Assert.Single(risk.GetProperty("history").EnumerateArray());
        Assert.Equal(("none", "imminent", JsonValueKind.Null), (change.GetProperty("fromLevel").GetString(), change.GetProperty("toLevel").GetString(), change.GetProperty("byId").ValueKind));
        Assert.Contains("suicide", (await shift.ReadAsync(inDanger)).GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "risk_raised") == 1, "supervisors are told");
        Assert.Equal(1, await shift.ToldAsync(shift.ColleagueId, "risk_raised"));
        Assert.True(await api.AskAsync<bool>(
            "select exists (select from outbox where subject = $1 and type = 'conversation.risk.changed' and data ->> 'riskLevel' = 'imminent')", inDanger));
    }

    [Fact]
    public async Task A_level_falls_only_by_a_person_with_a_reason_and_what_is_written_then_can_raise_it_again()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.Affiliate.GivenWaitingAsync(Imminent);
        await UntilRiskAsync(shift, id, "imminent");
        await Shift.ActAsync(shift.Responder, id, "claim");

        await shift.Affiliate.TextAsync(texter, "sorry, forget it, i am fine");
        Assert.Equal("imminent", (await RiskAsync(shift, id)).GetProperty("level").GetString());
        Assert.Equal(400, (await shift.Responder.PutAsync($"/api/conversations/{id}/risk", new { level = "low" })).Status);
        Assert.Equal(404, (await shift.Colleague.PutAsync($"/api/conversations/{id}/risk", new { level = "low", reason = "x" })).Status);
        Assert.Equal(403, (await shift.Affiliate.Admin.PutAsync($"/api/conversations/{id}/risk", new { level = "low", reason = "x" })).Status);
        var lowered = await (await shift.Responder.PutAsync($"/api/conversations/{id}/risk", new { level = "low", reason = "A line of a song." })).ReadAsync(200);
        await shift.Affiliate.TextAsync(texter, "thanks for asking");
        await shift.Affiliate.TextAsync(texter, "my homework is due");

        Assert.Equal("low", (await RiskAsync(shift, id)).GetProperty("level").GetString());
        Assert.Equal("A line of a song.", lowered.GetProperty("history")[1].GetProperty("reason").GetString());
        await shift.Affiliate.TextAsync(texter, Imminent);
        await UntilRiskAsync(shift, id, "imminent");
    }

    [Fact]
    public async Task Cues_in_two_messages_that_two_instances_took_in_still_come_together()
    {
        await using var other = api.Start();
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.Affiliate.GivenWaitingAsync("hi");
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, $"i feel so alone {round}")).Status);
            Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, $"still there? {round}", to: other.Address)).Status);
        }

        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, "i want to die", to: other.Address)).Status);
        await Eventually.Is(async () => await LevelAsync(shift, id) != "none", "the level rises");
        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, Imminent)).Status);

        await UntilRiskAsync(shift, id, "imminent");
        Assert.False(await api.AskAsync<bool>("select triage_stale from conversations where id = $1", id));
        var reasons = (await RiskAsync(shift, id)).GetProperty("reasons").EnumerateArray().ToList();
        Assert.All(reasons, reason => Assert.False(string.IsNullOrEmpty(reason.GetProperty("phrase").GetString())));
    }

    [Fact]
    public async Task Neither_a_block_nor_a_stop_hides_that_somebody_is_in_danger()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.Affiliate.GivenWaitingAsync();
        var texterId = (await Shift.ActAsync(shift.Responder, id, "claim")).GetProperty("texterId").GetGuid();
        await (await shift.Supervisor.PutAsync($"/api/texters/{texterId}/block", new { blocked = true, reason = "Prank calls" })).ReadAsync(200);
        await (await shift.Affiliate.Admin.PostAsync($"/api/texters/{texterId}/block/approve")).ReadAsync(200);
        await Shift.ActAsync(shift.Responder, id, "start");
        await Shift.ActAsync(shift.Responder, id, "close");

        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, Imminent)).Status);
        var next = (await (await shift.Affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        await shift.UntilAsync(next, ConversationState.Queued);
        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, "STOP")).Status);

        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "opted_out_in_danger") == 1, "supervisors are told of the stop");
        Assert.Equal("queued", await shift.StateAsync(next));
    }

    [Fact]
    public async Task Who_has_voiced_risk_is_assessed_or_their_responder_is_reminded_once()
    {
        var shift = await Shift.BeginAsync(api, new { queueTimeoutMinutes = 43_200 });
        var (_, forgotten) = await shift.Affiliate.GivenWaitingAsync(Imminent);
        var (_, assessed) = await shift.Affiliate.GivenWaitingAsync(Imminent);
        foreach (var id in new[] { forgotten, assessed })
        {
            await UntilRiskAsync(shift, id, "imminent");
            await Shift.ActAsync(shift.Responder, id, "claim");
            await Shift.ActAsync(shift.Responder, id, "start");
        }

        await (await shift.Responder.PutAsync($"/api/conversations/{assessed}/risk", new { level = "imminent", reason = "Asked: has a plan." })).ReadAsync(200);
        await api.PassAsync(TimeSpan.FromMinutes(11));

        await Eventually.Is(async () => await shift.ToldAsync(shift.ResponderId, "assessment_missing") == 1, "the responder is reminded");
        await api.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(1, await shift.ToldAsync(shift.ResponderId, "assessment_missing"));
    }

    [Fact]
    public async Task What_triage_remembers_is_sealed_and_holds_no_words()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.Affiliate.GivenWaitingAsync(Imminent);
        await UntilRiskAsync(shift, id, "imminent");

        var kept = await api.AskAsync<string>("select encode(triage, 'escape') from conversations where id = $1", id);

        Assert.DoesNotContain("tonight", kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cues", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_takes_over_reads_a_summary_in_the_texters_own_words()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.Affiliate.GivenWaitingAsync("my sister died in march and i cannot sleep");
        await shift.Affiliate.TextAsync(texter, Imminent);
        await UntilRiskAsync(shift, id, "imminent");
        await Shift.ActAsync(shift.Responder, id, "claim");
        await (await shift.Responder.PostAsync($"/api/conversations/{id}/messages", new { content = "I am glad that you wrote." })).ReadAsync(201);
        await Shift.ActAsync(shift.Responder, id, "transfer", new { toResponderId = shift.ColleagueId, note = "Please take over." });

        var summary = await (await shift.Colleague.GetAsync($"/api/conversations/{id}/summary")).ReadAsync(200);

        Assert.Equal("imminent", summary.GetProperty("riskLevel").GetString());
        Assert.Contains(summary.GetProperty("lines").EnumerateArray(), line => line.GetProperty("level").GetString() == "imminent");
        Assert.Contains("my sister died", summary.GetProperty("text").GetString()!, StringComparison.Ordinal);
        var (stranger, _) = await shift.Affiliate.GivenResponderAsync(3, await shift.Affiliate.GivenProgramAsync("Another line"));
        Assert.Equal(404, (await stranger.GetAsync($"/api/conversations/{id}/summary")).Status);
    }

    [Fact]
    public async Task A_summary_is_kept_sealed_and_made_anew_when_the_conversation_has_grown()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.Affiliate.GivenWaitingAsync("my sister died in march");
        await Eventually.Is(async () => (await shift.ReadAsync(id)).GetProperty("tags").GetArrayLength() == 1, "what it is about is a tag");
        var first = await SummaryAsync(shift, id);
        var madeAt = await MadeAtAsync(id);

        Assert.Equal(first.GetRawText(), (await SummaryAsync(shift, id)).GetRawText());
        Assert.Equal(madeAt, await MadeAtAsync(id));
        var kept = await api.AskAsync<string>("select encode(content, 'escape') from conversation_summaries where conversation_id = $1", id);
        Assert.DoesNotContain("sister", kept, StringComparison.Ordinal);
        await shift.Affiliate.TextAsync(texter, "and my cat ran away");
        Assert.Contains("my cat ran away", (await SummaryAsync(shift, id)).GetProperty("text").GetString()!, StringComparison.Ordinal);
        Assert.True(await MadeAtAsync(id) > madeAt);
    }

    [Fact]
    public async Task Damaged_rows_hide_only_themselves()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.Affiliate.GivenWaitingAsync(Imminent);
        await UntilRiskAsync(shift, id, "imminent");
        await shift.Affiliate.TextAsync(texter, "my cat ran away");
        await (await shift.Supervisor.PutAsync($"/api/conversations/{id}/risk", new { level = "imminent", reason = "Said so." })).ReadAsync(200);
        await shift.Affiliate.TextAsync(texter, Imminent);
        await SummaryAsync(shift, id);
        foreach (var (table, column, row) in new[]
        {
            ("messages", "content", "conversation_id = $1 and sequence = (select min(sequence) from messages where conversation_id = $1)"),
            ("risk_changes", "reason", "conversation_id = $1 and reason is not null"), ("conversation_summaries", "content", "conversation_id = $1"),
        })
        {
            Assert.Equal(1, await api.ChangeAsync($"update {table} set {column} = overlay({column} placing '\\x00000000'::bytea from length({column}) - 3) where {row}", id));
        }

        Assert.Contains("my cat ran away", (await SummaryAsync(shift, id)).GetProperty("text").GetString()!, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await RiskAsync(shift, id)).GetProperty("history")[1].GetProperty("reason").ValueKind);
        await api.ChangeAsync("update messages set content = overlay(content placing '\\x00000000'::bytea from length(content) - 3) where conversation_id = $1", id);
        Assert.Equal("imminent", (await RiskAsync(shift, id)).GetProperty("level").GetString());
        await api.ChangeAsync("update conversations set triage = overlay(triage placing '\\x00000000'::bytea from length(triage) - 3) where id = $1", id);
        Assert.Empty((await RiskAsync(shift, id)).GetProperty("reasons").EnumerateArray());
        Assert.Equal("imminent", (await SummaryAsync(shift, id)).GetProperty("riskLevel").GetString());
    }

    private Task<DateTime> MadeAtAsync(Guid id) => api.AskAsync<DateTime>("select made_at from conversation_summaries where conversation_id = $1", id);

    private static async Task<JsonElement> SummaryAsync(Shift shift, Guid id) =>
        await (await shift.Supervisor.GetAsync($"/api/conversations/{id}/summary")).ReadAsync(200);

    private static async Task<JsonElement> RiskAsync(Shift shift, Guid id) =>
        await (await shift.Supervisor.GetAsync($"/api/conversations/{id}/risk")).ReadAsync(200);

    private static async Task<string?> LevelAsync(Shift shift, Guid id) => (await shift.ReadAsync(id)).GetProperty("riskLevel").GetString();

    private static Task UntilRiskAsync(Shift shift, Guid id, string level) =>
        Eventually.Is(async () => await LevelAsync(shift, id) == level, $"the level becomes {level}");
}
