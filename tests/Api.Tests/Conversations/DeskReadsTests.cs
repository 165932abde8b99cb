using System.Text.Json;

namespace Chat.Api.Tests.Conversations;

/// <summary>What a responder's desk reads in order to show what can be done next.</summary>
[Collection(ApiSuite.Name)]
public sealed class DeskReadsTests(ChatApi api)
{
    [Fact]
    public async Task A_report_says_what_the_program_asks_at_the_end()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var conversation = await GivenActiveAsync(affiliate, responder);
        var without = (await ReportAsync(responder, conversation)).GetProperty("form");
        Assert.False(without.GetProperty("mandatory").GetBoolean());
        Assert.All(["outcomes", "required", "fields"], part => Assert.Empty(without.GetProperty(part).EnumerateArray()));

        var program = await affiliate.Admin.GetAsync($"/api/programs/{affiliate.ProgramId}");
        await (await affiliate.Admin.PutAsync(
            $"/api/programs/{affiliate.ProgramId}",
            new
            {
                name = "Main line",
                settings = new
                {
                    wrapUp = new
                    {
                        mandatory = true,
                        required = new[] { "outcome", "nextStep" },
                        outcomes = new[] { "supported", "referred" },
                        fields = new object[]
                        {
                            new { id = "plan", label = "Safety plan?", kind = "yes_no", required = true },
                            new { id = "via", label = "How did they hear of us?", kind = "choice", options = new[] { "School", "The web" } },
                        },
                    },
                },
            },
            ("If-Match", program.ETag!))).ReadAsync(200);

        var report = await ReportAsync(responder, conversation);
        var form = report.GetProperty("form");
        Assert.True(form.GetProperty("mandatory").GetBoolean());
        Assert.Equal(["supported", "referred"], Words(form.GetProperty("outcomes")));
        Assert.Equal(["outcome", "nextStep"], Words(form.GetProperty("required")));
        Assert.Equal(["plan", "via"], form.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("id").GetString()));
        Assert.Equal(["yes_no", "choice"], form.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("kind").GetString()));
        Assert.Equal([true, false], form.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("required").GetBoolean()));
        Assert.Equal(["School", "The web"], Words(form.GetProperty("fields")[1].GetProperty("options")));
        Assert.Equal(["outcome", "nextStep", "plan"], Words(report.GetProperty("missing")));
    }

    [Fact]
    public async Task Other_programs_that_take_people_are_named_as_targets()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var night = await affiliate.GivenProgramAsync("Night line");
        await (await affiliate.Admin.PostAsync("/api/programs", new { affiliateId = affiliate.Id, name = "Old line", status = "inactive" })).ReadAsync(201);
        var conversation = await GivenActiveAsync(affiliate, responder);

        var programs = (await (await responder.GetAsync($"/api/conversations/{conversation}/transfer-targets")).ReadAsync(200)).GetProperty("programs");

        var only = Assert.Single(programs.EnumerateArray());
        Assert.Equal((night, "Night line"), (only.GetProperty("programId").GetGuid(), only.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Several_states_can_be_asked_for_at_once()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var active = await GivenActiveAsync(affiliate, responder);
        var (_, taken) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{taken}/claim")).ReadAsync(200);
        await affiliate.GivenWaitingAsync();

        Assert.Equal([taken, active], await ListAsync("assigned,active"));
        Assert.Equal([active], await ListAsync("active"));
        (await responder.GetAsync("/api/conversations?state=active,nowhere")).Problem(400, "request.invalid");

        async Task<IEnumerable<Guid>> ListAsync(string states) =>
            (await (await responder.GetAsync($"/api/conversations?state={states}")).ReadAsync(200)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_conversation_says_what_brought_it_where_it_is()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (robin, _) = await affiliate.GivenResponderAsync();
        var (kim, kimId) = await affiliate.GivenResponderAsync();
        var (texter, conversation) = await affiliate.GivenWaitingAsync();
        Assert.Equal("assign_responder", LastOf(await (await robin.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200)));
        await (await robin.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
        await (await robin.PostAsync($"/api/conversations/{conversation}/transfer", new { toResponderId = kimId, note = "She asked for you." })).ReadAsync(200);
        await (await kim.PostAsync($"/api/conversations/{conversation}/decline-transfer")).ReadAsync(200);

        // A tag is no transition.
        await (await robin.PutAsync($"/api/conversations/{conversation}/tags", new { tags = new[] { "school" } })).ReadAsync(200);
        Assert.Equal("decline_transfer", LastOf(await (await robin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200)));

        await (await robin.PostAsync($"/api/conversations/{conversation}/wrap-up")).ReadAsync(200);
        await affiliate.TextAsync(texter, "one more thing");
        await Eventually.Is(
            async () => LastOf(await (await robin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200)) == "resume", "the conversation has come back");
    }

    private static async Task<Guid> GivenActiveAsync(TestAffiliate affiliate, Client responder)
    {
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
        return conversation;
    }

    private static async Task<JsonElement> ReportAsync(Client responder, Guid conversation) =>
        await (await responder.GetAsync($"/api/conversations/{conversation}/report")).ReadAsync(200);

    private static IEnumerable<string?> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString());

    private static string? LastOf(JsonElement conversation) => conversation.GetProperty("lastTransition").GetString();
}
