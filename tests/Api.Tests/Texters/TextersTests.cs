
namespace Chat.Api.Tests.Texters;

[Collection(ApiSuite.Name)]
public sealed class TextersTests(ChatApi api)
{
    [Fact]
    public async Task A_plan_and_notes_are_there_for_whoever_answers_next()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (_, texter, first) = await GivenTexterAsync(affiliate, responder);

        await (await responder.PutAsync($"/api/texters/{texter}/plan", new { plan = "Likes to breathe along. Call her June." })).ReadAsync(200);
        await (await responder.PostAsync($"/api/texters/{texter}/notes", new { content = "Sister is called May." })).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{first}/return-to-queue", new { note = "My shift ends" })).ReadAsync(200);
        var (colleague, _) = await affiliate.GivenResponderAsync();
        await (await colleague.PostAsync($"/api/conversations/{first}/claim")).ReadAsync(200);

        var seen = await (await colleague.GetAsync($"/api/texters/{texter}")).ReadAsync(200);
        Assert.Equal("Likes to breathe along. Call her June.", seen.GetProperty("plan").GetProperty("text").GetString());
        Assert.Equal("Sister is called May.", seen.GetProperty("notes")[0].GetProperty("content").GetString());
        Assert.Equal("America/Chicago", seen.GetProperty("timeZone").GetString());
        Assert.DoesNotContain("June", await api.AskAsync<string>("select encode(plan, 'escape') from texters where id = $1", texter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_texter_is_found_by_number_however_it_is_typed_and_it_is_put_on_record()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (number, texter, _) = await GivenTexterAsync(affiliate, responder);
        var (supervisor, supervisorId) = await affiliate.GivenUserAsync("supervisor");

        var typed = $"{number[..5]} ({number[5..8]}) {number[8..]}";
        var found = await (await supervisor.PostAsync("/api/texters/search", new { phone = typed })).ReadAsync(200);
        var unknown = await (await supervisor.PostAsync("/api/texters/search", new { phone = "+16669999999" })).ReadAsync(200);

        Assert.Equal(texter, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Empty(unknown.GetProperty("items").EnumerateArray());
        Assert.True(await api.AskAsync<bool>("select exists (select from audit_entries where actor_id = $1 and action = 'SearchTexters')", supervisorId));
    }

    [Fact]
    public async Task What_somebody_wrote_before_is_read_on_record_by_whoever_holds_them_now()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (number, texter, first) = await GivenTexterAsync(affiliate, responder);
        await (await responder.PostAsync($"/api/conversations/{first}/messages", new { content = "Hello" })).ReadAsync(201);
        await (await responder.PostAsync($"/api/conversations/{first}/close", new { reason = "resolved" })).ReadAsync(200);
        Assert.Equal(200, (await affiliate.TextAsync(number, "me again")).Status);
        var (colleague, colleagueId) = await affiliate.GivenResponderAsync();
        var (stranger, _) = await affiliate.GivenResponderAsync(3, await affiliate.GivenProgramAsync("Another line"));
        await (await colleague.PostAsync("/api/queue/claim")).ReadAsync(200);

        var earlier = await (await colleague.GetAsync($"/api/texters/{texter}/conversations")).ReadAsync(200);

        Assert.Equal(2, earlier.GetProperty("items").GetArrayLength());
        Assert.Equal(first, earlier.GetProperty("items")[1].GetProperty("id").GetGuid());
        Assert.Equal(404, (await stranger.GetAsync($"/api/texters/{texter}/conversations")).Status);
        Assert.True(await api.AskAsync<bool>(
            "select exists (select from audit_entries where actor_id = $1 and action = 'ListTexterConversations' and $2 = any(subjects))", colleagueId, texter));
    }

    [Fact]
    public async Task A_block_needs_a_second_person_and_then_messages_are_kept_and_call_nobody()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (number, texter, first) = await GivenTexterAsync(affiliate, responder);
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var block = $"/api/texters/{texter}/block";

        Assert.Equal(400, (await supervisor.PutAsync(block, new { blocked = true })).Status);
        Assert.Equal("texter.block_none", await CodeAsync(await supervisor.PostAsync($"{block}/approve"), 409));
        await (await supervisor.PutAsync(block, new { blocked = true, reason = "Threatens staff" })).ReadAsync(200);
        Assert.Equal("texter.block_own", await CodeAsync(await supervisor.PostAsync($"{block}/approve"), 409));
        Assert.Equal("texter.block_stands", await CodeAsync(await responder.PutAsync(block, new { blocked = true, reason = "Again" }), 409));
        Assert.Equal(403, (await responder.PostAsync($"{block}/approve")).Status);
        var blocked = await (await affiliate.Admin.PostAsync($"{block}/approve")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{first}/messages", new { content = "Goodbye" })).ReadAsync(201);
        await (await responder.PostAsync($"/api/conversations/{first}/close", new { reason = "resolved" })).ReadAsync(200);
        Assert.Equal(200, (await affiliate.TextAsync(number, "let me in")).Status);

        Assert.True(blocked.GetProperty("block").GetProperty("inForce").GetBoolean());
        var newest = (await (await supervisor.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal("new", newest.GetProperty("state").GetString());
        Assert.Equal("let me in", (await supervisor.MessagesAsync(newest.GetProperty("id").GetGuid()))[0].GetProperty("content").GetString());

        await (await supervisor.PutAsync(block, new { blocked = false })).ReadAsync(200);
        Assert.Equal(200, (await affiliate.TextAsync(number, "and now")).Status);
        Assert.Equal("queued", (await (await supervisor.GetAsync($"/api/conversations/{newest.GetProperty("id").GetGuid()}")).ReadAsync(200)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Two_texters_are_joined_and_separated_again_and_nothing_is_lost()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(9);
        var (number, texter, first) = await GivenTexterAsync(affiliate, responder);
        var (otherNumber, other, second) = await GivenTexterAsync(affiliate, responder);
        await (await responder.PutAsync($"/api/texters/{texter}/plan", new { plan = "Plan one" })).ReadAsync(200);
        await (await responder.PutAsync($"/api/texters/{other}/plan", new { plan = "Plan two" })).ReadAsync(200);

        Assert.Equal("texter.both_open", await CodeAsync(await affiliate.Admin.PostAsync($"/api/texters/{texter}/join", new { texterId = other }), 409));
        await (await responder.PostAsync($"/api/conversations/{second}/messages", new { content = "Bye" })).ReadAsync(201);
        await (await responder.PostAsync($"/api/conversations/{second}/close", new { reason = "resolved" })).ReadAsync(200);
        var joined = await (await affiliate.Admin.PostAsync($"/api/texters/{texter}/join", new { texterId = other })).ReadAsync(200);

        Assert.Equal(2, joined.GetProperty("conversationCount").GetInt64());
        Assert.Equal("Plan one", joined.GetProperty("plan").GetProperty("text").GetString());
        Assert.Equal("Plan two", joined.GetProperty("notes")[0].GetProperty("content").GetString());
        Assert.Equal(404, (await affiliate.Admin.GetAsync($"/api/texters/{other}")).Status);

        // The answer goes to the number that the conversation came from, whichever is the newer.
        await (await responder.PostAsync($"/api/conversations/{first}/messages", new { content = "to the first number" })).ReadAsync(201);
        await Eventually.Is(() => Task.FromResult(api.Twilio.Sent.Any(sent => sent.Body == "to the first number" && sent.To == number)), "the answer is sent");

        var address = joined.GetProperty("addresses").EnumerateArray().Single(one => one.GetProperty("masked").GetString()![^2..] == otherNumber[^2..]);
        var separate = await (await affiliate.Admin.PostAsync($"/api/texters/{texter}/separate", new { addressId = address.GetProperty("id").GetGuid() })).ReadAsync(200);

        Assert.Equal(1, separate.GetProperty("conversationCount").GetInt64());
        var again = await (await affiliate.Admin.GetAsync($"/api/texters/{texter}")).ReadAsync(200);
        Assert.Equal(1, again.GetProperty("conversationCount").GetInt64());
        Assert.Equal(
            "texter.only_address",
            await CodeAsync(await affiliate.Admin.PostAsync($"/api/texters/{texter}/separate", new { addressId = again.GetProperty("addresses")[0].GetProperty("id").GetGuid() }), 409));
        Assert.Equal(200, (await affiliate.TextAsync(otherNumber, "it is me")).Status);
        Assert.Equal(2, (await (await affiliate.Admin.GetAsync($"/api/texters/{separate.GetProperty("id").GetGuid()}")).ReadAsync(200)).GetProperty("conversationCount").GetInt64());
    }

    [Fact]
    public async Task A_texter_of_another_affiliate_is_not_there()
    {
        var (affiliate, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var (responder, _) = await other.GivenResponderAsync();
        var (_, texter, _) = await GivenTexterAsync(other, responder);
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");

        foreach (var answer in new[]
        {
            await supervisor.GetAsync($"/api/texters/{texter}"), await supervisor.GetAsync($"/api/texters/{texter}/conversations"),
            await supervisor.PutAsync($"/api/texters/{texter}/plan", new { plan = "x" }), await supervisor.PostAsync($"/api/texters/{texter}/notes", new { content = "x" }),
            await supervisor.PutAsync($"/api/texters/{texter}/block", new { blocked = true, reason = "x" }), await supervisor.PostAsync($"/api/texters/{texter}/block/approve"),
            await supervisor.PutAsync($"/api/texters/{texter}/time-zone", new { timeZone = "America/Denver" }),
            await affiliate.Admin.PostAsync($"/api/texters/{texter}/join", new { texterId = texter }),
            await affiliate.Admin.PostAsync($"/api/texters/{texter}/separate", new { addressId = texter }),
        })
        {
            Assert.Equal(404, answer.Status);
        }
    }

    /// <summary>A texter whom the responder has taken.</summary>
    private static async Task<(string Number, Guid Texter, Guid Conversation)> GivenTexterAsync(TestAffiliate affiliate, Client responder)
    {
        var (number, conversation) = await affiliate.GivenWaitingAsync();
        var taken = await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        return (number, taken.GetProperty("texterId").GetGuid(), conversation);
    }

    private static async Task<string?> CodeAsync(Answer answer, int status) => (await answer.ReadAsync(status)).GetProperty("code").GetString();
}
