using System.Text.Json;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

[Collection(TimedSuite.Name)]
public sealed class TransferTests(TimedApi api)
{
    private const string Note = "They asked for somebody who knows the school.";

    [Fact]
    public async Task The_colleague_it_is_offered_to_reads_the_note_and_accepts()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);
        (await shift.Colleague.GetAsync($"/api/conversations/{id}")).Problem(404, "resource.not_found");

        var offered = await Shift.ActAsync(shift.Responder, id, "transfer", new { toResponderId = shift.ColleagueId, note = Note });

        Assert.Equal(("transferred", shift.ResponderId), (offered.GetProperty("state").GetString(), offered.GetProperty("responderId").GetGuid()));
        Assert.Equal(shift.ColleagueId, offered.GetProperty("transfer").GetProperty("toResponderId").GetGuid());
        Assert.Equal(1, await shift.ToldAsync(shift.ColleagueId, "transfer_offered"));
        var seen = await shift.ReadAsync(id, shift.Colleague);
        Assert.Equal((Note, shift.ResponderId), (seen.GetProperty("handOff").GetProperty("note").GetString(), seen.GetProperty("handOff").GetProperty("byId").GetGuid()));
        Assert.Equal(["accept_transfer", "decline_transfer"], Offered(seen));
        Assert.Equal(["cancel_transfer", "return_to_queue"], Offered(offered));
        Assert.Contains(await shift.Colleague.MessagesAsync(id), message => message.GetProperty("content").GetString() == Note);

        var accepted = await Shift.ActAsync(shift.Colleague, id, "accept-transfer");

        Assert.Equal(("active", shift.ColleagueId), (accepted.GetProperty("state").GetString(), accepted.GetProperty("responderId").GetGuid()));
        Assert.Equal(1, await shift.ToldAsync(shift.ResponderId, "transfer_accepted"));
        (await shift.Responder.GetAsync($"/api/conversations/{id}")).Problem(404, "resource.not_found");
        (await shift.Responder.PostAsync($"/api/conversations/{id}/messages", new { content = "x" })).Problem(404, "resource.not_found");
        Assert.Equal(Note, accepted.GetProperty("handOff").GetProperty("note").GetString());
    }

    [Fact]
    public async Task The_sender_goes_on_answering_until_somebody_accepts()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.Transferred);

        await (await shift.Responder.PostAsync($"/api/conversations/{id}/messages", new { content = "I am asking a colleague." })).ReadAsync(201);
        (await shift.Colleague.PostAsync($"/api/conversations/{id}/messages", new { content = "Hi" })).Problem(409, "conversation.held_by_another");

        await shift.UntilTextsAsync(texter, 1);
        Assert.Equal("transferred", await shift.StateAsync(id));
    }

    [Fact]
    public async Task Who_declines_does_not_see_it_any_more()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.Transferred);

        var declined = await Shift.ActAsync(shift.Colleague, id, "decline-transfer");

        Assert.Equal(("active", shift.ResponderId), (declined.GetProperty("state").GetString(), declined.GetProperty("responderId").GetGuid()));
        Assert.Empty(Offered(declined));
        Assert.Equal(1, await shift.ToldAsync(shift.ResponderId, "transfer_declined"));
        (await shift.Colleague.GetAsync($"/api/conversations/{id}")).Problem(404, "resource.not_found");
        (await shift.Colleague.GetAsync($"/api/conversations/{id}/messages")).Problem(404, "resource.not_found");
        (await shift.Colleague.PostAsync($"/api/conversations/{id}/accept-transfer")).Problem(409, "conversation.transition_not_allowed");
        Assert.Equal(JsonValueKind.Null, (await shift.ReadAsync(id)).GetProperty("transfer").ValueKind);
    }

    [Fact]
    public async Task An_offer_that_nobody_answers_lapses()
    {
        var shift = await Shift.BeginAsync(api, new { transferTimeoutSeconds = 60 });
        var (_, id) = await shift.GivenAsync(ConversationState.Transferred);

        await api.PassAsync(TimeSpan.FromSeconds(55));
        Assert.Equal("transferred", await shift.StateAsync(id));
        await api.PassAsync(TimeSpan.FromSeconds(10));

        await shift.UntilAsync(id, ConversationState.Active);
        Assert.Equal(shift.ResponderId, (await shift.ReadAsync(id)).GetProperty("responderId").GetGuid());
        Assert.Equal("timed_out", (await shift.TimelineAsync(id))[^1].GetProperty("reason").GetString());
        Assert.Equal(1, await shift.ToldAsync(shift.ResponderId, "transfer_declined"));
        (await shift.Colleague.PostAsync($"/api/conversations/{id}/accept-transfer")).Problem(409, "conversation.transition_not_allowed");
    }

    [Fact]
    public async Task The_time_of_an_earlier_offer_does_not_end_a_later_one()
    {
        var shift = await Shift.BeginAsync(api, new { transferTimeoutSeconds = 60 });
        var (_, id) = await shift.GivenAsync(ConversationState.Transferred);
        await api.PassAsync(TimeSpan.FromSeconds(40));
        await Shift.ActAsync(shift.Responder, id, "cancel-transfer");
        await Shift.ActAsync(shift.Responder, id, "transfer", new { toResponderId = shift.ColleagueId, note = Note });

        await api.PassAsync(TimeSpan.FromSeconds(40));
        await api.RunAsync(new Application.Conversations.LapseTransfer(new(shift.Affiliate.Id), new(id)));

        Assert.Equal("transferred", await shift.StateAsync(id));
    }

    [Fact]
    public async Task Who_takes_an_offer_back_has_it_as_before()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.Transferred);

        Assert.Equal("active", (await Shift.ActAsync(shift.Responder, id, "cancel-transfer")).GetProperty("state").GetString());

        (await shift.Colleague.GetAsync($"/api/conversations/{id}")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task An_offer_to_the_program_is_seen_by_its_responders_and_by_no_others()
    {
        var shift = await Shift.BeginAsync(api);
        var stranger = (await shift.Affiliate.GivenResponderAsync(3, await shift.Affiliate.GivenProgramAsync("Other line"))).Client;
        await (await shift.Colleague.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);

        await Shift.ActAsync(shift.Responder, id, "transfer", new { note = Note });

        Assert.Equal(["accept_transfer"], Offered(await shift.ReadAsync(id, shift.Colleague)));
        Assert.Equal(1, await shift.ToldAsync(shift.ColleagueId, "transfer_offered"));
        (await shift.Colleague.PostAsync($"/api/conversations/{id}/decline-transfer")).Problem(409, "conversation.offered_to_another");
        (await stranger.GetAsync($"/api/conversations/{id}")).Problem(404, "resource.not_found");
        (await stranger.PostAsync($"/api/conversations/{id}/accept-transfer")).Problem(404, "resource.not_found");
        (await shift.Responder.PostAsync($"/api/conversations/{id}/accept-transfer")).Problem(409, "conversation.offered_to_another");
        Assert.Equal(shift.ColleagueId, (await Shift.ActAsync(shift.Colleague, id, "accept-transfer")).GetProperty("responderId").GetGuid());
    }

    [Fact]
    public async Task It_is_offered_only_to_somebody_who_could_take_it()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, strangerId) = await shift.Affiliate.GivenResponderAsync(3, await shift.Affiliate.GivenProgramAsync("Other line"));
        var (_, foreignerId) = await (await api.GivenAffiliateAsync()).GivenResponderAsync();
        var (_, id) = await shift.GivenAsync(ConversationState.Active);
        var before = (await shift.ReadAsync(id)).GetRawText();

        foreach (var nobody in new[] { strangerId, foreignerId, shift.SupervisorId, Guid.CreateVersion7() })
        {
            (await shift.Responder.PostAsync($"/api/conversations/{id}/transfer", new { toResponderId = nobody, note = Note })).Problem(404, "resource.not_found");
        }

        (await shift.Responder.PostAsync($"/api/conversations/{id}/transfer", new { toResponderId = shift.ResponderId, note = Note }))
            .Problem(409, "conversation.transfer_to_self");
        (await shift.Responder.PostAsync($"/api/conversations/{id}/transfer", new { toResponderId = shift.ColleagueId, note = " " })).Problem(400, "request.invalid");
        Assert.Equal(before, (await shift.ReadAsync(id)).GetRawText());
        Assert.Single(await shift.Affiliate.Admin.MessagesAsync(id));
        var targets = (await (await shift.Responder.GetAsync($"/api/conversations/{id}/transfer-targets")).ReadAsync(200)).GetProperty("items").EnumerateArray();
        Assert.Equal([shift.ColleagueId], targets.Select(target => target.GetProperty("userId").GetGuid()));
    }

    [Fact]
    public async Task Who_has_no_room_does_not_accept_and_the_offer_stands()
    {
        var shift = await Shift.BeginAsync(api);
        var (full, fullId) = await shift.Affiliate.GivenResponderAsync(maxConcurrent: 1);
        await shift.GivenAsync(ConversationState.Queued);
        await (await full.PostAsync("/api/queue/claim")).ReadAsync(200);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);
        await Shift.ActAsync(shift.Responder, id, "transfer", new { toResponderId = fullId, note = Note });

        (await full.PostAsync($"/api/conversations/{id}/accept-transfer")).Problem(409, "responder.at_capacity");

        Assert.Equal(("transferred", shift.ResponderId), (await shift.StateAsync(id), (await shift.ReadAsync(id)).GetProperty("responderId").GetGuid()));
        (await shift.Colleague.PostAsync($"/api/conversations/{id}/accept-transfer")).Problem(409, "conversation.offered_to_another");
    }

    [Fact]
    public async Task What_is_given_back_to_another_programs_queue_keeps_its_place_and_its_note()
    {
        var shift = await Shift.BeginAsync(api);
        var other = await shift.Affiliate.GivenProgramAsync("Other line");
        var (there, _) = await shift.Affiliate.GivenResponderAsync(3, other);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);
        var since = (await shift.ReadAsync(id)).GetProperty("queuedAt").GetDateTimeOffset();
        (await shift.Responder.PostAsync($"/api/conversations/{id}/return-to-queue", new { programId = other })).Problem(400, "request.invalid");
        (await shift.Responder.PostAsync($"/api/conversations/{id}/return-to-queue", new { programId = Guid.CreateVersion7(), note = Note })).Problem(404, "resource.not_found");

        await Shift.ActAsync(shift.Responder, id, "return-to-queue", new { programId = other, note = Note });

        (await shift.Responder.GetAsync($"/api/conversations/{id}")).Problem(404, "resource.not_found");
        var taken = await (await there.PostAsync("/api/queue/claim")).ReadAsync(200);
        Assert.Equal((id, other, since), (taken.GetProperty("id").GetGuid(), taken.GetProperty("programId").GetGuid(), taken.GetProperty("queuedAt").GetDateTimeOffset()));
        Assert.Equal(Note, taken.GetProperty("handOff").GetProperty("note").GetString());
    }

    private static IEnumerable<string> Offered(JsonElement conversation) =>
        conversation.GetProperty("availableTransitions").EnumerateArray().Select(name => name.GetString()!);
}
