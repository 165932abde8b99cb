using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.Api.Tests.Keys;

/// <summary>Whoever can write into the database can damage and move what is sealed there, and gets nothing opened by it.</summary>
[Collection(RotationSuite.Name)]
public sealed class TamperTests(RotationApi api)
{
    [Fact]
    public async Task A_message_that_was_moved_or_changed_is_unreadable_and_the_others_are_there()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (texter, id) = await affiliate.GivenWaitingAsync("first");
        foreach (var text in new[] { "second", "third", "fourth" })
        {
            Assert.Equal(200, (await affiliate.TextAsync(texter, text)).Status);
        }

        var (_, elsewhere) = await affiliate.GivenWaitingAsync("of another conversation");
        await (await responder.PostAsync($"/api/conversations/{id}/claim")).ReadAsync(200);
        var before = await CountedAsync("messages");

        // Two change places, one comes from another conversation.
        await api.ChangeAsync(
            """
            update messages m
            set content = o.content
            from messages o
            where m.conversation_id = $1 and o.conversation_id = $1 and m.sequence in (1, 2) and o.sequence = 3 - m.sequence
            """,
            id);
        await api.ChangeAsync(
            "update messages m set content = o.content from messages o where m.conversation_id = $1 and m.sequence = 3 and o.conversation_id = $2", id, elsewhere);

        var messages = await responder.MessagesAsync(id);
        Assert.Equal([true, true, true, false], messages.Select(message => message.GetProperty("unreadable").GetBoolean()));
        Assert.Equal("fourth", messages[3].GetProperty("content").GetString());
        Assert.Equal(before + 3, await CountedAsync("messages"));
        Assert.Equal(200, (await responder.GetAsync($"/api/conversations/{id}/summary")).Status);
        Assert.Equal(200, (await responder.GetAsync($"/api/conversations/{id}/risk")).Status);
    }

    [Fact]
    public async Task A_user_whose_row_was_tampered_with_does_not_hide_the_others()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var stranger = await api.GivenAffiliateAsync();
        var (_, swapped) = await affiliate.GivenResponderAsync();
        var (_, flipped) = await affiliate.GivenResponderAsync();
        var (_, foreign) = await affiliate.GivenResponderAsync();
        var (_, whole) = await affiliate.GivenResponderAsync();
        var (_, theirs) = await stranger.GivenResponderAsync();
        var before = await CountedAsync("users");
        await api.ChangeAsync("update users set email = name, name = email where id = $1", swapped);
        await api.ChangeAsync("update users set name = set_bit(name, 400, 1 - get_bit(name, 400)) where id = $1", flipped);
        await api.ChangeAsync("update users u set name = o.name from users o where u.id = $1 and o.id = $2", foreign, theirs);

        var users = (await (await affiliate.Admin.GetAsync("/api/users")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToDictionary(user => user.GetProperty("id").GetGuid());

        Assert.Equal(("", "", true), Shown(users[swapped]));
        Assert.True(users[flipped].GetProperty("unreadable").GetBoolean());
        Assert.NotEqual("", users[flipped].GetProperty("email").GetString());
        Assert.Equal("", users[foreign].GetProperty("name").GetString());
        Assert.False(users[whole].GetProperty("unreadable").GetBoolean());
        Assert.Equal(before + 4, await CountedAsync("users"));
        Assert.Equal(200, (await affiliate.Admin.GetAsync($"/api/users/{swapped}")).Status);
        Assert.Equal(200, (await affiliate.Admin.GetAsync("/api/supervision/overview")).Status);

        static (string?, string?, bool) Shown(System.Text.Json.JsonElement user) =>
            (user.GetProperty("email").GetString(), user.GetProperty("name").GetString(), user.GetProperty("unreadable").GetBoolean());
    }

    [Fact]
    public async Task A_contact_whose_row_was_tampered_with_does_not_hide_the_others()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var damaged = await MakeAsync("County ambulance");
        var whole = await MakeAsync("City ambulance");
        var (_, user) = await affiliate.GivenResponderAsync();

        // From another table, and cut short.
        await api.ChangeAsync("update emergency_contacts c set name = u.name, phone = substring(phone from 1 for 20) from users u where c.id = $1 and u.id = $2", damaged, user);

        var contacts = (await (await affiliate.Admin.GetAsync("/api/emergency-contacts")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetGuid());
        Assert.True(contacts[damaged].GetProperty("unreadable").GetBoolean());
        Assert.Equal("Ask for Ada.", contacts[damaged].GetProperty("notes").GetString());
        Assert.Equal("City ambulance", contacts[whole].GetProperty("name").GetString());
        (await affiliate.Admin.PutAsync(
            $"/api/emergency-contacts/{damaged}", new { kind = "medical", name = "Anew", affiliateId = affiliate.Id }, ("If-Match", "\"1\""))).Problem(409, "data.unreadable");

        async Task<Guid> MakeAsync(string name) =>
            (await (await affiliate.Admin.PostAsync(
                "/api/emergency-contacts", new { kind = "medical", name, phone = "+15550000911", notes = "Ask for Ada.", affiliateId = affiliate.Id })).ReadAsync(201))
            .GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task A_damaged_key_of_an_open_conversation_keeps_no_text_out()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (texter, id) = await affiliate.GivenWaitingAsync("I want to die");
        await api.AskKeysAsync<int>("update keys.data_keys set wrapped = set_byte(wrapped, 50, get_byte(wrapped, 50) # 1) where owner_id = @id; select 1", new { id });

        await using var fresh = api.Start();
        Assert.Equal(200, (await affiliate.TextAsync(texter, "are you there?", to: fresh.Address)).Status);
        var messages = await new Client(fresh.Address, affiliate.Admin.Token).MessagesAsync(id);
        Assert.Equal([null, "are you there?"], messages.Select(message => message.GetProperty("content").GetString()));
    }

    private async Task<int> CountedAsync(string table)
    {
        var figures = (await api.Anonymous.GetAsync("/metrics")).Text;
        var line = new Regex($"^chat_conversation_unreadable_values_total{{[^}}]*table=\"{table}\"[^}}]*}} ([0-9]+)", RegexOptions.Multiline).Match(figures);
        return line.Success ? int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }
}
