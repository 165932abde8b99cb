using Dapper;
using Npgsql;

namespace Chat.Api.Tests.Retention;

[Collection(RetentionSuite.Name)]
public sealed class PurgeTests(RetentionApi api)
{
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);

    [Fact]
    public async Task What_has_had_its_time_is_gone_with_its_keys_and_whoever_has_nothing_left_with_it()
    {
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        await RetentionApi.GivenWebhookAsync(affiliate);
        var (number, texter, gone) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        Assert.NotEqual(0, await api.AskAsync<long>("select count(*) from webhook_deliveries where conversation_id = $1", gone));
        await (await responder.PostAsync($"/api/texters/{texter}/notes", new { content = "Sister is called May." })).ReadAsync(200);
        var (_, heldTexter, held) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        await (await affiliate.Admin.PutAsync($"/api/admin/legal-holds/{held}", new { onHold = true, reason = "A court asks" })).ReadAsync(200);
        var (_, open) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{open}/claim")).ReadAsync(200);

        await api.PassAsync(TwoDays);
        await GoneAsync(gone, texter);

        Assert.Empty(await api.TablesThatNameAsync(gone, texter));
        Assert.Equal(404, (await affiliate.Admin.GetAsync($"/api/conversations/{gone}")).Status);
        Assert.Equal(404, (await affiliate.Admin.GetAsync($"/api/texters/{texter}")).Status);
        Assert.Empty((await (await affiliate.Admin.PostAsync("/api/texters/search", new { phone = number })).ReadAsync(200)).GetProperty("items").EnumerateArray());
        Assert.Equal("I cannot sleep any more", (await affiliate.Admin.MessagesAsync(held))[0].GetProperty("content").GetString());
        Assert.NotEmpty(await affiliate.Admin.MessagesAsync(open));
        Assert.Equal(2, await api.AskKeysAsync<int>("select count(*)::int from keys.data_keys where owner_id in (@held, @heldTexter)", new { held, heldTexter }));
        Assert.True(await api.AskAsync<bool>(
            "select exists (select from audit_entries where action = 'PurgeWhatIsDue' and $1 = any(subjects) and $2 = any(subjects))", gone, texter));
    }

    [Fact]
    public async Task Whoever_writes_again_after_that_is_somebody_new()
    {
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (number, texter, gone) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        await api.PassAsync(TwoDays);
        await GoneAsync(gone, texter);

        Assert.Equal(200, (await affiliate.TextAsync(number, "me again")).Status);

        var newest = (await (await affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0];
        Assert.NotEqual(texter, newest.GetProperty("texterId").GetGuid());
        Assert.Equal("me again", (await affiliate.Admin.MessagesAsync(newest.GetProperty("id").GetGuid()))[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_texter_stays_while_another_conversation_of_theirs_stays()
    {
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (number, texter, gone) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        await api.PassAsync(TimeSpan.FromHours(23));
        Assert.Equal(200, (await affiliate.TextAsync(number, "me again")).Status);
        var later = (await (await affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        await (await responder.PostAsync($"/api/conversations/{later}/claim")).ReadAsync(200);

        await api.PassAsync(TimeSpan.FromHours(2));
        await GoneAsync(gone);

        Assert.Equal("me again", (await affiliate.Admin.MessagesAsync(later))[0].GetProperty("content").GetString());
        Assert.Equal(texter, (await (await affiliate.Admin.GetAsync($"/api/texters/{texter}")).ReadAsync(200)).GetProperty("id").GetGuid());
        Assert.False(await KeyIsThereAsync(gone));
        Assert.True(await KeyIsThereAsync(texter));
    }

    [Fact]
    public async Task Two_instances_that_purge_at_once_get_it_done_between_them()
    {
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var gone = new List<Guid>();
        for (var index = 0; index < 12; index++)
        {
            gone.Add((await RetentionApi.GivenClosedAsync(affiliate, responder)).Id);
        }

        var before = api.Logged.Length;
        await using var other = api.Start();
        await api.PassAsync(TwoDays);
        await GoneAsync([.. gone]);

        Assert.DoesNotContain("could not be purged", api.Logged[before..], StringComparison.Ordinal);
        Assert.Equal(12, await api.AskKeysAsync<int>("select count(*)::int from keys.purge_ledger where owner_id = any(@gone) and done_at is not null", new { gone }));
    }

    [Fact]
    public async Task An_affiliate_of_which_nothing_can_be_purged_holds_up_nobody_else()
    {
        var (stuck, stuckResponder) = await api.GivenForgetfulAsync();
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (_, _, stays) = await RetentionApi.GivenClosedAsync(stuck, stuckResponder);
        var (_, texter, gone) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        await api.ChangeAsync($"""
            create function refuse() returns trigger language plpgsql as 'begin raise exception ''stuck''; end';
            create trigger refuse before delete on conversations for each row when (old.id = '{stays}') execute function refuse();
            """);
        try
        {
            await api.PassAsync(TwoDays);

            await GoneAsync(gone, texter);
            Assert.Equal(1, await api.AskAsync<long>("select count(*) from conversations where id = $1", stays));
        }
        finally
        {
            await api.ChangeAsync("drop trigger refuse on conversations; drop function refuse");
        }
    }

    [Fact]
    public async Task A_hold_that_is_being_set_at_the_moment_of_the_purge_is_kept()
    {
        const string hold = """
            insert into legal_holds (affiliate_id, conversation_id, reason, held_by, held_at)
            select affiliate_id, id, '', gen_random_uuid(), now() from conversations where id = @id
            """;
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (_, _, id) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var (_, _, neighbour) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        await using var holder = new NpgsqlConnection(api.Database.Superuser);
        await holder.OpenAsync();
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("select id from conversations where id = @id for no key update", new { id }, transaction);
            await api.PassAsync(TwoDays);
            await GoneAsync(neighbour);
            await holder.ExecuteAsync(hold, new { id }, transaction);
            await transaction.CommitAsync();
        }

        await api.PassAsync(TimeSpan.FromHours(2));
        await api.RunAsync(new Chat.Application.Retention.PurgeWhatIsDue(new(affiliate.Id), [id], []));

        Assert.Equal("I cannot sleep any more", (await affiliate.Admin.MessagesAsync(id))[0].GetProperty("content").GetString());
        Assert.True(await KeyIsThereAsync(id));
    }

    /// <summary>What a process leaves behind that is killed between two steps of a purge.</summary>
    [Fact]
    public async Task What_a_killed_process_had_begun_is_finished_or_withdrawn_as_its_rows_say()
    {
        const string begun = """
            insert into keys.purge_ledger (affiliate_id, owner_id, kind, cause, begun_at)
            values (@Affiliate, @owner, 'conversation', 'retention', now());
            select 1
            """;
        const string key = """
            insert into keys.data_keys (affiliate_id, owner_id, wrapping_key, wrapped, created_at)
            select @Affiliate, @owner, key_id, ''::bytea, now() from keys.affiliate_keys where affiliate_id = @Affiliate and state = 'active';
            select 1
            """;
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (_, _, before) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var after = Guid.CreateVersion7();
        await api.AskKeysAsync<int>(key, new { Affiliate = affiliate.Id, owner = after });

        await api.AskKeysAsync<int>(begun, new { Affiliate = affiliate.Id, owner = before });
        await api.AskKeysAsync<int>(begun, new { Affiliate = affiliate.Id, owner = after });
        await api.PassAsync(TimeSpan.FromSeconds(1));

        await Eventually.Is(async () => !await KeyIsThereAsync(after), "the rows were gone, so the key goes");
        await Eventually.Is(
            async () => await api.AskKeysAsync<bool>("select not exists (select from keys.purge_ledger where owner_id = @before)", new { before }),
            "the rows were there, so nothing was purged");
        Assert.Equal("I cannot sleep any more", (await affiliate.Admin.MessagesAsync(before))[0].GetProperty("content").GetString());
        Assert.True(await api.AskKeysAsync<bool>("select done_at is not null from keys.purge_ledger where owner_id = @after", new { after }));
    }

    [Fact]
    public async Task A_copy_of_yesterday_brings_back_nothing_that_was_purged_and_everything_that_was_kept()
    {
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (number, texter, gone) = await RetentionApi.GivenClosedAsync(affiliate, responder, "nobody may read this again");
        var (_, _, held) = await RetentionApi.GivenClosedAsync(affiliate, responder, "this is to be kept");
        await (await affiliate.Admin.PutAsync($"/api/admin/legal-holds/{held}", new { onHold = true, reason = "A court asks" })).ReadAsync(200);
        await using var database = new NpgsqlConnection(api.Database.Superuser);
        await database.OpenAsync();
        await CopyAsync(database);
        await api.PassAsync(TwoDays);
        await GoneAsync(gone, texter);

        await RestoreAsync(database);

        // Before anything is done about it: the rows are there, and cannot be read.
        Assert.Contains("conversations.id", await api.TablesThatNameAsync(gone));
        var messages = await affiliate.Admin.MessagesAsync(gone);
        Assert.All(messages, message => Assert.True(message.GetProperty("unreadable").GetBoolean()));
        Assert.NotEmpty(messages);

        await using (api.Start())
        {
            Assert.Empty(await api.TablesThatNameAsync(gone, texter));
            Assert.Equal(404, (await affiliate.Admin.GetAsync($"/api/conversations/{gone}")).Status);
            Assert.Empty((await (await affiliate.Admin.PostAsync("/api/texters/search", new { phone = number })).ReadAsync(200)).GetProperty("items").EnumerateArray());
            Assert.Equal("this is to be kept", (await affiliate.Admin.MessagesAsync(held))[0].GetProperty("content").GetString());
            Assert.Contains("were purged again", api.Logged, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_conversation_whose_key_is_gone_is_shown_as_unreadable_and_stops_nothing()
    {
        var (affiliate, responder) = await api.GivenForgetfulAsync();
        var (number, id) = await affiliate.GivenWaitingAsync("I want to die");
        await (await responder.PostAsync($"/api/conversations/{id}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "I am here." })).ReadAsync(201);
        var texter = (await (await affiliate.Admin.GetAsync($"/api/conversations/{id}")).ReadAsync(200)).GetProperty("texterId").GetGuid();
        await api.AskKeysAsync<int>("delete from keys.data_keys where owner_id in (@id, @texter); select 1", new { id, texter });

        // An instance that has never had the keys.
        await using var host = api.Start();
        var admin = new Client(host.Address, affiliate.Admin.Token);
        Assert.True((await admin.MessagesAsync(id))[0].GetProperty("unreadable").GetBoolean());
        foreach (var path in new[] { $"conversations/{id}", $"conversations/{id}/timeline", $"conversations/{id}/risk", $"conversations/{id}/summary", $"conversations/{id}/surveys", $"texters/{texter}", "conversations" })
        {
            Assert.Equal((200, path), ((await admin.GetAsync($"/api/{path}")).Status, path));
        }

        var held = new Client(host.Address, responder.Token);
        (await held.PostAsync($"/api/conversations/{id}/messages", new { content = "Still here.", kind = "note" })).Problem(409, "data.unreadable");
        Assert.Equal(200, (await affiliate.TextAsync(number, "are you there?", to: host.Address)).Status);
        Assert.Equal("are you there?", (await admin.MessagesAsync(id))[^1].GetProperty("content").GetString());
    }

    private async Task GoneAsync(params Guid[] owners)
    {
        await Eventually.Is(
            async () => await api.AskKeysAsync<int>("select count(*)::int from keys.purge_ledger where owner_id = any(@owners) and done_at is not null", new { owners }) == owners.Length,
            "what has had its time is purged");
        foreach (var owner in owners)
        {
            Assert.False(await KeyIsThereAsync(owner));
        }
    }

    private Task<bool> KeyIsThereAsync(Guid owner) => api.AskKeysAsync<bool>("select exists (select from keys.data_keys where owner_id = @owner)", new { owner });

    private static async Task<IReadOnlyList<string>> TablesAsync(NpgsqlConnection database) =>
        [.. await database.QueryAsync<string>("select tablename from pg_tables where schemaname = 'public' and tablename not in ('schema_migrations', 'business_clock')")];

    // A copy of all rows, as a dump takes one.
    private static async Task CopyAsync(NpgsqlConnection database)
    {
        await database.ExecuteAsync("drop schema if exists yesterday cascade; create schema yesterday");
        foreach (var table in await TablesAsync(database))
        {
            await database.ExecuteAsync($"create table yesterday.{table} as table public.{table}");
        }
    }

    private static async Task RestoreAsync(NpgsqlConnection database)
    {
        await using var transaction = await database.BeginTransactionAsync();
        await database.ExecuteAsync("set local session_replication_role = replica");
        foreach (var table in await TablesAsync(database))
        {
            var columns = string.Join(", ", await database.QueryAsync<string>(
                "select attname from pg_attribute where attrelid = @table::regclass and attnum > 0 and not attisdropped and attidentity = ''", new { table = "public." + table }));
            await database.ExecuteAsync($"delete from public.{table}; insert into public.{table} ({columns}) select {columns} from yesterday.{table}");
        }

        await transaction.CommitAsync();
    }
}
