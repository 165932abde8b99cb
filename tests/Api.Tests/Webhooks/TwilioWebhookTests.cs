using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chat.Api.Tests.Webhooks;

[Collection(ApiSuite.Name)]
public sealed class TwilioWebhookTests(ChatApi api)
{
    [Theory]
    [InlineData("HELLO", true)]
    [InlineData("hello", true)]
    [InlineData("  Héllo!! ", true)]
    [InlineData("hello there", false)]
    [InlineData("hellos", false)]
    public async Task A_keyword_chooses_the_program_as_an_exact_word(string text, bool matches)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var teens = await affiliate.GivenProgramAsync("Teens");
        await affiliate.GivenKeywordAsync("Hello", "start", "Hi from the teens' line.", teens, "evening");

        var (_, conversation) = await affiliate.GivenWaitingAsync(text);

        var shown = await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);
        Assert.Equal(matches ? teens : affiliate.ProgramId, shown.GetProperty("programId").GetGuid());
        Assert.Equal(matches ? "evening" : null, shown.GetProperty("subProgram").GetString());
        Assert.Equal(matches ? 2 : 1, shown.GetProperty("lastSequence").GetInt32());
    }

    [Fact]
    public async Task Who_comes_back_after_a_closed_conversation_is_welcomed_again()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync("HELLO", response: "Somebody will be with you.");
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (texter, first) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{first}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{first}/start")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{first}/close")).ReadAsync(200);

        await affiliate.TextAsync(texter, "hello");

        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).SingleOrDefault()?.Body == "Somebody will be with you.", "they are welcomed");
    }

    [Fact]
    public async Task In_an_open_conversation_a_keyword_is_only_a_word()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var teens = await affiliate.GivenProgramAsync("Teens");
        await affiliate.GivenKeywordAsync("TEEN", "start", "Hi.", teens);
        var (texter, conversation) = await affiliate.GivenWaitingAsync();

        await affiliate.TextAsync(texter, "teen");

        var shown = await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);
        Assert.Equal((affiliate.ProgramId, 2), (shown.GetProperty("programId").GetGuid(), shown.GetProperty("lastSequence").GetInt32()));
    }

    [Fact]
    public async Task A_word_that_only_asks_for_an_answer_gets_it_and_calls_nobody_until_more_is_said()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync("INFO", "reply", "We are here day and night.");
        var (responder, _) = await affiliate.GivenResponderAsync();
        var texter = affiliate.NewTexter();

        await affiliate.TextAsync(texter, "info");

        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "the answer is sent");
        Assert.Empty((await (await responder.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items").EnumerateArray());
        var kept = (await (await affiliate.Admin.GetAsync("/api/conversations?state=new")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();

        await affiliate.TextAsync(texter, "i need to talk");

        var waiting = (await (await responder.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items")[0].GetProperty("conversationId").GetGuid();
        Assert.Equal(kept, waiting);
        Assert.Equal(["info", "We are here day and night.", "i need to talk"], (await responder.MessagesAsync(waiting)).Select(message => message.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task A_stop_is_recorded_and_confirmed_and_no_automatic_text_follows_it()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync("STOP", "opt_out", "You will get no more messages. Text START to come back.");
        await affiliate.GivenKeywordAsync("INFO", "reply", "We are here.");
        var texter = affiliate.NewTexter();

        await affiliate.TextAsync(texter, "Stop.");
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "the confirmation is sent");
        await affiliate.TextAsync(texter, "info");

        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1 and error_code = 'texter.stopped'", affiliate.Id) == 1,
            "the automatic answer is not sent");
        Assert.Single(api.Twilio.To(affiliate.AccountSid, texter));
    }

    [Theory]
    [InlineData("STOP", true)]
    [InlineData("stopall.", true)]
    [InlineData("Unsubscribe", true)]
    [InlineData("i want it to end", false)]
    [InlineData("please stop him", false)]
    public async Task A_carriers_own_stop_word_is_known_without_a_keyword_and_only_as_the_whole_message(string text, bool stops)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync(text);

        async Task<JsonElement> ReadAsync() => await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);

        // A bare stop calls nobody: its conversation ends.
        await Eventually.Is(async () => (await ReadAsync()).GetProperty("state").GetString() == (stops ? "closed" : "queued"), "the text is taken up");
        var shown = await ReadAsync();
        var texter = await (await affiliate.Admin.GetAsync($"/api/texters/{shown.GetProperty("texterId").GetGuid()}")).ReadAsync(200);
        Assert.Equal(stops, texter.GetProperty("stopped").GetBoolean());
    }

    [Theory]
    [InlineData("HELP", "help")]
    [InlineData("START", "opt_in")]
    public async Task A_word_that_may_be_a_cry_for_help_is_answered_and_calls_somebody_as_well(string word, string action)
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync(word, action, "We are here.");

        var (texter, conversation) = await affiliate.GivenWaitingAsync(word);

        Assert.Equal("queued", (await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200)).GetProperty("state").GetString());
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "the answer is sent");
    }

    [Fact]
    public async Task A_signature_that_fails_is_refused_and_kept_for_an_admin_to_replay()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var texter = affiliate.NewTexter();
        var form = Form(affiliate, texter, "please hear me");

        (await affiliate.CallAsync("/api/webhooks/twilio", form, token: "not the token")).Problem(403, "webhook.signature_invalid");
        (await api.Anonymous.PostAsync("/api/webhooks/twilio", new FormUrlEncodedContent(form))).Problem(403, "webhook.signature_invalid");

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1", affiliate.Id));
        var kept = (await (await affiliate.Admin.GetAsync("/api/admin/quarantine")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, kept.Count);
        Assert.DoesNotContain("please hear me", await api.AskAsync<string>("select string_agg(call::text, '') from quarantined_calls where affiliate_id = $1", affiliate.Id), StringComparison.Ordinal);

        foreach (var call in kept)
        {
            Assert.Equal(204, (await affiliate.Admin.PostAsync($"/api/admin/quarantine/{call.GetProperty("id").GetGuid()}/replay")).Status);
        }

        Assert.Equal(1, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1", affiliate.Id));
        var conversation = (await (await affiliate.Admin.GetAsync("/api/conversations")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.Equal("please hear me", (await affiliate.Admin.MessagesAsync(conversation))[0].GetProperty("content").GetString());
        var elsewhere = await api.GivenAffiliateAsync();
        Assert.Equal(404, (await elsewhere.Admin.PostAsync($"/api/admin/quarantine/{kept[0].GetProperty("id").GetGuid()}/replay")).Status);
    }

    [Fact]
    public async Task One_affiliates_signature_cannot_write_into_another()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var attacker = await api.GivenAffiliateAsync();
        var form = Form(affiliate, affiliate.NewTexter(), "forged");

        Assert.Equal(403, (await affiliate.CallAsync("/api/webhooks/twilio", form, token: attacker.AuthToken)).Status);

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from messages where affiliate_id = any(array[$1, $2])", affiliate.Id, attacker.Id));
    }

    [Fact]
    public async Task A_messaging_service_that_another_affiliate_has_named_takes_no_call_that_is_not_theirs()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var attacker = await api.GivenAffiliateAsync();
        var service = "MG" + Guid.NewGuid().ToString("N");
        await (await attacker.Admin.PostAsync("/api/channels", new
        {
            programId = attacker.ProgramId, provider = "twilio", address = attacker.Number + "9",
            credentials = new { accountSid = affiliate.AccountSid, authToken = "another-token" }, settings = new { messagingServiceSid = service },
        })).ReadAsync(201);

        Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "for us alone", null, null, ("MessagingServiceSid", service))).Status);

        Assert.Equal(1, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1", affiliate.Id));
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from quarantined_calls where affiliate_id = $1", attacker.Id));
    }

    [Fact]
    public async Task A_number_and_a_token_that_were_changed_on_another_instance_are_known_at_once()
    {
        await using var second = api.Start();
        var affiliate = await api.GivenAffiliateAsync();
        var texter = affiliate.NewTexter();
        Assert.Equal(200, (await affiliate.TextAsync(texter, "before", to: second.Address)).Status);
        await Task.Delay(600); // The second look is granted twice a second.
        var channel = await affiliate.Admin.GetAsync($"/api/channels/{affiliate.ChannelId}");
        await (await affiliate.Admin.PutAsync(
            $"/api/channels/{affiliate.ChannelId}",
            new { programId = affiliate.ProgramId, provider = "twilio", address = affiliate.Number, credentials = new { accountSid = affiliate.AccountSid, authToken = "rotated-token" } },
            ("If-Match", channel.ETag!))).ReadAsync(200);

        var answer = await affiliate.CallAsync("/api/webhooks/twilio", Form(affiliate, texter, "after"), "rotated-token", second.Address);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_call_that_was_proven_is_never_pushed_out_by_strangers()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var channel = await affiliate.Admin.GetAsync($"/api/channels/{affiliate.ChannelId}");
        await (await affiliate.Admin.PutAsync(
            $"/api/channels/{affiliate.ChannelId}", new { programId = affiliate.ProgramId, provider = "twilio", address = affiliate.Number, status = "inactive" }, ("If-Match", channel.ETag!))).ReadAsync(200);
        Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "kept")).Status);
        await api.AskAsync<long>(
            """
            with strangers as (
                insert into quarantined_calls (affiliate_id, id, channel_id, provider, reason, proven, call, size, received_at)
                select affiliate_id, gen_random_uuid(), channel_id, provider, 'a stranger''s', false, call, size, received_at + interval '1 second'
                from quarantined_calls, generate_series(1, 1000)
                where affiliate_id = $1
                returning 1)
            select count(*) from strangers
            """,
            affiliate.Id);

        Assert.Equal(403, (await affiliate.CallAsync("/api/webhooks/twilio", Form(affiliate, affiliate.NewTexter(), "x"), token: "wrong")).Status);

        Assert.Equal(1, await api.AskAsync<long>("select count(*) from quarantined_calls where affiliate_id = $1 and proven", affiliate.Id));
        Assert.Equal(1000, await api.AskAsync<long>("select count(*) from quarantined_calls where affiliate_id = $1 and not proven", affiliate.Id));
    }

    [Fact]
    public async Task A_platform_admin_replays_where_they_say_whose_it_is()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.CallAsync("/api/webhooks/twilio", Form(affiliate, affiliate.NewTexter(), "x"), token: "wrong");
        var id = (await (await affiliate.Admin.GetAsync("/api/admin/quarantine")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();

        Assert.Equal(404, (await api.Platform.PostAsync($"/api/admin/quarantine/{id}/replay")).Status);
        Assert.Equal(204, (await api.Platform.PostAsync($"/api/admin/quarantine/{id}/replay?affiliateId={affiliate.Id}")).Status);
    }

    [Fact]
    public async Task A_start_that_the_provider_heard_lifts_its_stop_whatever_the_affiliates_keyword_does()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync("START", "start", "Hello again.");
        var texter = affiliate.NewTexter();
        await affiliate.TextAsync(texter, "no more", null, null, ("OptOutType", "STOP"));
        Assert.Equal(1, await api.AskAsync<long>("select count(*) from stopped_texters where affiliate_id = $1", affiliate.Id));

        await affiliate.TextAsync(texter, "Start", null, null, ("OptOutType", "START"));

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from stopped_texters where affiliate_id = $1", affiliate.Id));
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Any(sent => sent.Body == "Hello again."), "the keyword is answered");
    }

    [Fact]
    public async Task What_arrives_at_a_channel_that_is_inactive_is_kept_and_not_lost()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var channel = await affiliate.Admin.GetAsync($"/api/channels/{affiliate.ChannelId}");
        await (await affiliate.Admin.PutAsync(
            $"/api/channels/{affiliate.ChannelId}", new { programId = affiliate.ProgramId, provider = "twilio", address = affiliate.Number, status = "inactive" }, ("If-Match", channel.ETag!))).ReadAsync(200);

        Assert.Equal(200, (await affiliate.TextAsync(affiliate.NewTexter(), "anybody?")).Status);

        var kept = (await (await affiliate.Admin.GetAsync("/api/admin/quarantine")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal(204, (await affiliate.Admin.PostAsync($"/api/admin/quarantine/{kept.GetProperty("id").GetGuid()}/replay")).Status);
        Assert.Equal(1, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1", affiliate.Id));
    }

    [Fact]
    public async Task A_number_that_is_nobodys_and_a_provider_that_is_none_are_not_found()
    {
        var affiliate = await api.GivenAffiliateAsync();

        (await affiliate.TextAsync("+16660001111", "hi", null, null, ("To", "+19998887777"))).Problem(404, "channel.not_found");
        (await api.Anonymous.PostAsync("/api/webhooks/pigeon", new { })).Problem(404, "provider.unknown");
        (await api.Anonymous.PostAsync("/api/webhooks/pigeon/status", new { })).Problem(404, "provider.unknown");
    }

    [Fact]
    public async Task Attachments_are_counted_with_their_types()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.TextAsync(
            affiliate.NewTexter(), "", null, null, ("NumMedia", "2"), ("MediaContentType0", "image/jpeg"), ("MediaContentType1", "audio/ogg"),
            ("MediaUrl0", "https://api.twilio.com/x"), ("MediaUrl1", "https://api.twilio.com/y"));

        var conversation = (await (await affiliate.Admin.GetAsync("/api/conversations")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        var message = (await affiliate.Admin.MessagesAsync(conversation))[0];

        Assert.Equal(["image/jpeg", "audio/ogg"], message.GetProperty("attachments").EnumerateArray().Select(item => item.GetProperty("contentType").GetString()));
        Assert.Equal("", message.GetProperty("content").GetString());
        Assert.False(message.GetProperty("unreadable").GetBoolean());
    }

    /// <summary>Hostile bodies, signed over their raw bytes as Twilio would: what is valid is stored, what is not is refused, and nothing is a 500.</summary>
    [Theory]
    [InlineData("Body=before%00after", 200, "before\ufffdafter")]
    [InlineData("Body=%FF%FEhi", 200, "\ufffd\ufffdhi")]
    [InlineData("Body=%ED%A0%80x", 200, null)]
    [InlineData("Body=%EF%BF%BE", 200, "\ufffe")]
    [InlineData("Body=100%25+sure+%zz", 200, "100% sure %zz")]
    [InlineData("Body=a&Body=b", 200, null)]
    [InlineData("Body=a&body=b&BODY=c", 200, "a")]
    [InlineData("Body", 200, "")]
    [InlineData("", 200, "")]
    [InlineData("Body=x&=y&&%=&=", 200, "x")]
    public async Task Hostile_forms_lose_nothing_and_break_nothing(string raw, int expected, string? stored)
    {
        var affiliate = await api.GivenAffiliateAsync();

        var answer = await PostRawAsync(affiliate, raw);

        Assert.Equal(expected, answer.Status);
        var conversation = (await (await affiliate.Admin.GetAsync("/api/conversations")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        var content = (await affiliate.Admin.MessagesAsync(conversation))[0].GetProperty("content").GetString();
        if (stored is not null)
        {
            Assert.Equal(stored, content);
        }
    }

    [Fact]
    public async Task Two_thousand_keys_are_read_and_five_megabytes_are_refused()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var many = "Body=still+here&" + string.Join('&', Enumerable.Range(0, 2000).Select(index => $"k{index}=v"));

        Assert.Equal(200, (await PostRawAsync(affiliate, many)).Status);
        (await PostRawAsync(affiliate, "Body=" + new string('x', 5 * 1024 * 1024))).Problem(413, "request.too_large");
        (await PostRawAsync(affiliate, "Body=" + new string('x', 200 * 1024))).Problem(413, "request.too_large");
        Assert.Equal(1, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1", affiliate.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Body\":\"json\"}")]
    [InlineData("\0\0\0")]
    [InlineData("To=&From=&Body=x")]
    public async Task A_body_that_names_no_channel_is_for_nobody(string raw) =>
        (await api.Anonymous.PostAsync("/api/webhooks/twilio", new StringContent(raw))).Problem(404, "channel.not_found");

    private static List<KeyValuePair<string, string>> Form(TestAffiliate affiliate, string from, string body) =>
    [
        new("MessageSid", TestAffiliate.NewSid()), new("AccountSid", affiliate.AccountSid), new("From", from), new("To", affiliate.Number), new("Body", body),
    ];

    private async Task<Answer> PostRawAsync(TestAffiliate affiliate, string raw)
    {
        const string path = "/api/webhooks/twilio";
        var whole = $"MessageSid={TestAffiliate.NewSid()}&AccountSid={affiliate.AccountSid}&From={Uri.EscapeDataString(affiliate.NewTexter())}&To={Uri.EscapeDataString(affiliate.Number)}"
            + (raw.Length > 0 ? "&" + raw : "");
        var signature = SignRaw(affiliate.AuthToken, ChatApi.PublicUrl + path, whole);
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(whole));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return await api.Anonymous.PostAsync(path, content, ("X-Twilio-Signature", signature));
    }

    // Written apart from the product's own: percent and plus decoded to bytes, names in ordinal order, repeated values once and sorted.
    private static string SignRaw(string token, string url, string form)
    {
        var pairs = form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Decode(pair[0]), Value: Decode(pair.Length > 1 ? pair[1] : ""))).ToList();
        var bytes = new List<byte>(Encoding.UTF8.GetBytes(url));
        foreach (var name in pairs.GroupBy(pair => pair.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var value in name.Select(pair => pair.Value).Distinct().Order(StringComparer.Ordinal))
            {
                bytes.AddRange(Encoding.Latin1.GetBytes(name.Key));
                bytes.AddRange(Encoding.Latin1.GetBytes(value));
            }
        }

#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), bytes.ToArray()));
#pragma warning restore CA5350
    }

    private static string Decode(string text)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%' && index + 2 < text.Length && Uri.IsHexDigit(text[index + 1]) && Uri.IsHexDigit(text[index + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(index + 1, 2), 16));
                index += 2;
            }
            else
            {
                bytes.Add((byte)(text[index] == '+' ? ' ' : text[index]));
            }
        }

        return Encoding.Latin1.GetString([.. bytes]);
    }
}
