using System.Text.Json;
using Chat.Application.Conversations;
using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

/// <summary>An affiliate's people at work: a responder, a colleague in the same program and a supervisor.</summary>
public sealed class Shift
{
    public static readonly TimeSpan UntilFollowUp = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan QueueTimeout = TimeSpan.FromMinutes(5);

    private readonly ChatApi _api;

    private Shift(ChatApi api, TestAffiliate affiliate) => (_api, Affiliate) = (api, affiliate);

    public TestAffiliate Affiliate { get; }

    public Client Responder { get; private set; } = null!;

    public Guid ResponderId { get; private set; }

    public Client Colleague { get; private set; } = null!;

    public Guid ColleagueId { get; private set; }

    public Client Supervisor { get; private set; } = null!;

    public Guid SupervisorId { get; private set; }

    /// <param name="settings">The program's; without any nothing lapses or expires while other things are waited for.</param>
    public static async Task<Shift> BeginAsync(ChatApi api, object? settings = null, int maxConcurrent = 50, Uri? at = null)
    {
        var affiliate = await TestAffiliate.CreateAsync(api, at);
        await affiliate.GivenSettingsAsync(settings ?? new { queueTimeoutMinutes = (int)QueueTimeout.TotalMinutes, transferTimeoutSeconds = 86_400 });
        var shift = new Shift(api, affiliate);
        (shift.Responder, shift.ResponderId) = await affiliate.GivenResponderAsync(maxConcurrent);
        (shift.Colleague, shift.ColleagueId) = await affiliate.GivenResponderAsync(maxConcurrent);
        (shift.Supervisor, shift.SupervisorId) = await affiliate.GivenUserAsync("supervisor");
        return shift;
    }

    /// <summary>A conversation in this state, brought there as it happens in a day's work. Whoever ever held it is the responder.</summary>
    public async Task<(string Texter, Guid Id)> GivenAsync(ConversationState state)
    {
        if (state == ConversationState.New)
        {
            await Affiliate.GivenKeywordAsync("INFO" + Guid.NewGuid().ToString("N")[..8], "reply", "We answer day and night.");
            var word = (await (await Affiliate.Admin.GetAsync("/api/keywords?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("keyword").GetString()!;
            return await Affiliate.GivenWaitingAsync(word);
        }

        var (texter, id) = await Affiliate.GivenWaitingAsync();
        switch (state)
        {
            case ConversationState.Queued:
                break;
            case ConversationState.Expired:
                await Timed.PassAsync(QueueTimeout);
                await UntilAsync(id, ConversationState.Expired);
                break;
            case ConversationState.Failed:
                await FailAsync(id);
                break;
            default:
                await ActAsync(Responder, id, "claim");
                await BeyondAssignedAsync(id, state);
                break;
        }

        return (texter, id);
    }

    public static async Task<JsonElement> ActAsync(Client by, Guid id, string act, object? body = null) =>
        await (await by.PostAsync($"/api/conversations/{id}/{act}", body)).ReadAsync(200);

    public async Task<JsonElement> ReadAsync(Guid id, Client? by = null) =>
        await (await (by ?? Affiliate.Admin).GetAsync($"/api/conversations/{id}")).ReadAsync(200);

    public async Task<string> StateAsync(Guid id) => (await ReadAsync(id)).GetProperty("state").GetString()!;

    public Task UntilAsync(Guid id, ConversationState state) =>
        Eventually.Is(async () => await StateAsync(id) == state.Name(), $"the conversation becomes {state.Name()}");

    /// <summary>The transitions of a conversation so far, by their names.</summary>
    public async Task<IReadOnlyList<JsonElement>> TimelineAsync(Guid id) =>
        [.. (await (await Affiliate.Admin.GetAsync($"/api/conversations/{id}/timeline")).ReadAsync(200)).GetProperty("items").EnumerateArray()];

    public async Task<IReadOnlyList<string?>> EventsAsync(Guid id) =>
        [.. (await TimelineAsync(id)).Where(entry => entry.GetProperty("kind").GetString() == "transition").Select(entry => entry.GetProperty("event").GetString())];

    /// <summary>How often somebody has been told of this kind of thing.</summary>
    public Task<long> ToldAsync(Guid user, string kind) =>
        _api.AskAsync<long>("select count(*) from notifications where affiliate_id = $1 and user_id = $2 and kind = $3", Affiliate.Id, user, kind);

    /// <summary>The texts that have reached a texter, in order.</summary>
    public IReadOnlyList<string> TextsTo(string texter) => [.. _api.Twilio.To(Affiliate.AccountSid, texter).Select(text => text.Body)];

    public Task UntilTextsAsync(string texter, int count) =>
        Eventually.Is(() => Task.FromResult(TextsTo(texter).Count >= count), $"{count} texts reach the texter");

    /// <summary>The platform gives a conversation up that it could not look after, however often it tried.</summary>
    public Task FailAsync(Guid id) => _api.RunAsync(new FailConversation(new(Affiliate.Id), new(id)));

    /// <summary>Notes a risk, as triage does.</summary>
    public Task GivenRiskAsync(Guid id, string level) =>
        _api.ChangeAsync("update conversations set risk_level = $2 where id = $1", id, level);

    private TimedApi Timed => (TimedApi)_api;

    private async Task BeyondAssignedAsync(Guid id, ConversationState state)
    {
        if (state == ConversationState.Assigned)
        {
            return;
        }

        await ActAsync(Responder, id, "start");
        switch (state)
        {
            case ConversationState.Active:
                break;
            case ConversationState.Transferred:
                await ActAsync(Responder, id, "transfer", new { toResponderId = ColleagueId, note = "They asked for somebody who knows the school." });
                break;
            case ConversationState.EscalatedMedical or ConversationState.EscalatedPolice:
                await ActAsync(Responder, id, "escalate", new { type = state == ConversationState.EscalatedMedical ? "medical" : "police", urgency = "high" });
                break;
            case ConversationState.Closed:
                await ActAsync(Responder, id, "close");
                break;
            default:
                await ActAsync(Responder, id, "wrap-up");
                await BeyondWrapUpAsync(id, state);
                break;
        }
    }

    private async Task BeyondWrapUpAsync(Guid id, ConversationState state)
    {
        if (state == ConversationState.WrapUp)
        {
            return;
        }

        await ActAsync(Responder, id, "follow-ups", new { scheduledFor = await NowAsync() + UntilFollowUp, message = "How are you today?" });
        if (state == ConversationState.FollowUpActive)
        {
            await Timed.PassAsync(UntilFollowUp);
            await UntilAsync(id, state);
        }
    }

    /// <summary>What time it is for everything that waits.</summary>
    public async Task<DateTimeOffset> NowAsync() => _api is TimedApi timed ? await timed.PassAsync(TimeSpan.Zero) : DateTimeOffset.UtcNow;
}
