using System.Text;
using System.Text.Json;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

[Collection(ApiSuite.Name)]
public sealed class WrapUpTests(ChatApi api)
{
    private static readonly object Demanding = new
    {
        wrapUp = new
        {
            mandatory = true, required = new[] { "outcome", "note", "nextStep", "tags" }, outcomes = new[] { "supported", "referred" },
            fields = new object[]
            {
                new { id = "safety_plan", label = "Safety plan agreed?", kind = "yes_no", required = true },
                new { id = "heard_of_us", label = "How did they hear of us?", kind = "choice", options = new[] { "School", "A friend" } },
            },
        },
    };

    [Theory]
    [InlineData("resolved", "resolved", "resolved")]
    [InlineData("They are with their sister Anna now", "They are with their sister Anna now", "in_words")]
    [InlineData("Resolved", "Resolved", "in_words")]
    public async Task Why_a_conversation_was_closed_is_a_code_or_sealed_words(string reason, string shown, string stored)
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);

        var closed = await Shift.ActAsync(shift.Responder, id, "close", new { reason });

        Assert.Equal(shown, closed.GetProperty("closeReason").GetString());
        Assert.Equal(shown, (await shift.ReadAsync(id)).GetProperty("closeReason").GetString());
        Assert.Equal(shown, (await (await shift.Affiliate.Admin.GetAsync("/api/conversations?state=closed")).ReadAsync(200)).GetProperty("items")[0].GetProperty("closeReason").GetString());
        Assert.Equal(stored, await api.AskAsync<string>("select close_reason from conversations where id = $1", id));

        // Changed again once it is closed, it keeps them.
        await shift.GivenRiskAsync(id, "low");
        await (await shift.Supervisor.PutAsync($"/api/conversations/{id}/risk", new { level = "none", reason = "Read again" })).ReadAsync(200);
        Assert.Equal(shown, (await shift.ReadAsync(id)).GetProperty("closeReason").GetString());

        // A reason that was damaged hides nothing else.
        await api.ChangeAsync("update conversations set close_words = '\\x00' where id = $1 and close_words is not null", id);
        Assert.Equal(stored, (await shift.ReadAsync(id)).GetProperty("closeReason").GetString());
    }

    [Fact]
    public async Task What_the_program_requires_is_filed_before_a_conversation_ends()
    {
        var shift = await Shift.BeginAsync(api, Demanding);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);
        (await shift.Responder.PostAsync($"/api/conversations/{id}/close")).Problem(409, "conversation.wrap_up_required");
        Assert.Equal("active", await shift.StateAsync(id));

        await Shift.ActAsync(shift.Responder, id, "wrap-up", new { outcome = "supported", tags = new[] { "school" } });
        var refused = (await shift.Responder.PostAsync($"/api/conversations/{id}/close")).Problem(409, "conversation.report_incomplete");
        Assert.Equal("note, nextStep, safety_plan", refused.GetProperty("missing").GetString());
        (await shift.Responder.PostAsync($"/api/conversations/{id}/follow-ups", new { scheduledFor = DateTimeOffset.UtcNow.AddDays(1), message = "How are you?" }))
            .Problem(409, "conversation.report_incomplete");
        Assert.Equal("wrap_up", await shift.StateAsync(id));

        var filed = await FileAsync(shift, id, new { note = "slept in the barn", nextStep = "see the nurse", fields = new { safety_plan = "yes" } }, 200);
        Assert.Empty(filed.GetProperty("missing").EnumerateArray());
        Assert.Equal(("supported", "slept in the barn"), (filed.GetProperty("outcome").GetString(), filed.GetProperty("note").GetString()));
        Assert.Equal("closed", (await Shift.ActAsync(shift.Responder, id, "close")).GetProperty("state").GetString());

        var read = await (await shift.Supervisor.GetAsync($"/api/conversations/{id}/report")).ReadAsync(200);
        Assert.Equal(("see the nurse", "yes", shift.ResponderId), (read.GetProperty("nextStep").GetString(), read.GetProperty("fields").GetProperty("safety_plan").GetString(), read.GetProperty("filedBy").GetGuid()));
        Assert.Equal(["school"], (await shift.ReadAsync(id)).GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    [Fact]
    public async Task Only_what_the_program_knows_can_be_filed()
    {
        var shift = await Shift.BeginAsync(api, Demanding);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);

        foreach (var wrong in new object[]
        {
            new { outcome = "cured" }, new { fields = new { shoe_size = "42" } }, new { fields = new { safety_plan = "perhaps" } }, new { fields = new { heard_of_us = "Radio" } },
            new { note = new string('x', 20_000) }, new { tags = Enumerable.Range(0, 40).Select(number => $"tag {number}") },
        })
        {
            await FileAsync(shift, id, wrong, 400);
        }

        var report = await (await shift.Responder.GetAsync($"/api/conversations/{id}/report")).ReadAsync(200);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("filedAt").ValueKind);
    }

    [Fact]
    public async Task A_wrong_report_leaves_the_conversation_under_way()
    {
        var shift = await Shift.BeginAsync(api, Demanding);
        var (_, id) = await shift.GivenAsync(ConversationState.Active);

        (await shift.Responder.PostAsync($"/api/conversations/{id}/wrap-up", new { outcome = "cured" })).Problem(400, "request.invalid");

        Assert.Equal("active", await shift.StateAsync(id));
    }

    [Fact]
    public async Task What_is_left_out_stays_as_it_was_filed_and_a_closed_conversations_report_can_be_corrected()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);
        await FileAsync(shift, id, new { note = "first", nextStep = "rest" }, 200);
        await Shift.ActAsync(shift.Responder, id, "close");

        var filed = await FileAsync(shift, id, new { note = "second" }, 200);

        Assert.Equal(("second", "rest"), (filed.GetProperty("note").GetString(), filed.GetProperty("nextStep").GetString()));
        (await shift.Colleague.PutAsync($"/api/conversations/{id}/report", new { note = "not mine" })).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task What_is_filed_and_planned_is_stored_sealed()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);
        await FileAsync(shift, id, new { outcome = "met at the breakwater", note = "sleeps in the lighthouse", nextStep = "calls the harbour" }, 200);
        await Shift.ActAsync(shift.Responder, id, "follow-ups", new { scheduledFor = DateTimeOffset.UtcNow.AddDays(1), message = "Is the lantern lit?" });

        foreach (var table in new[] { "reports", "follow_ups", "outbox", "conversations", "due_jobs" })
        {
            var stored = await api.AskAsync<string>($"select coalesce(string_agg(t::text, ''), '') from {table} t where affiliate_id = $1", shift.Affiliate.Id);
            foreach (var word in new[] { "breakwater", "lighthouse", "harbour", "lantern" })
            {
                Assert.DoesNotContain(word, stored, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), stored, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain("lighthouse", api.Logged, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> FileAsync(Shift shift, Guid id, object report, int status) =>
        await (await shift.Responder.PutAsync($"/api/conversations/{id}/report", report)).ReadAsync(status);
}
