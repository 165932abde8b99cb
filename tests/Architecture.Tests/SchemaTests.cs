using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Dapper;
using Npgsql;
namespace Chat.Architecture.Tests;

/// <summary>What the schema promises, read from a database that was just migrated.</summary>
public sealed class SchemaTests : IAsyncLifetime, IDisposable
{
    /// <summary>Tables outside row-level security: what is needed before an affiliate is known. Each with its reason.</summary>
    private static readonly Dictionary<string, string> Directory = new()
    {
        ["affiliates"] = "who the affiliates are, for the platform admin and for sign-in",
        ["admin_resources"] = "a platform admin names a thing by its id, and its affiliate is to be found",
        ["sign_ins"] = "an address signs in before it is known whose it is",
        ["sessions"] = "a request's session is checked before anything else",
        ["api_key_hashes"] = "a partner's key comes before it is known whose it is",
        ["refresh_tokens"] = "a token comes before its session is known",
        ["guess_lanes"] = "a guess at an address is counted before it is known whether it is anybody's",
        ["known_places"] = "whether a stranger guesses is to be known before whose account it is",
        ["password_resets"] = "a link's token comes before it is known whose it is",
        ["channel_addresses"] = "a provider's call names our address and nothing else",
        ["idempotency_keys"] = "a caller's keys are the caller's, whichever affiliate a platform admin works in",
        ["outbox"] = "one relay carries the events of all",
        ["event_inbox"] = "one consumer acts on the events of all",
        ["dead_letters"] = "a platform admin sees to the events of all that nobody could act on",
        ["deliveries"] = "one worker finds what is due of all",
        ["due_jobs"] = "one worker finds what is due of all",
        ["webhook_lanes"] = "an event finds its receivers, and one worker looks in all lanes",
        ["webhook_deliveries"] = "one worker finds what is due of all",
        ["triage_revisions"] = "one look finds whose phrases have changed, of all",
        ["purge_ledger_applied"] = "one ledger for the installation",
        ["off_boardings"] = "the proof that an affiliate has gone outlives the affiliate",
        ["business_clock"] = "one clock for the installation",
        ["schema_migrations"] = "the schema's own log",
    };

    private TestDatabase _database = null!;
    private NpgsqlConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await MigrateAsync();
        _connection = new NpgsqlConnection(_database.Superuser);
        await _connection.OpenAsync();
    }

    public void Dispose() => _connection.Dispose();

    public async Task DisposeAsync()
    {
        await _connection.CloseAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Every_table_of_an_affiliate_has_forced_row_level_security_and_the_one_policy()
    {
        var tables = (await _connection.QueryAsync<(string Name, bool Enabled, bool Forced, string? Policy)>("""
            select c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_expr(p.polqual, p.polrelid)
            from pg_class c
            left join pg_policy p on p.polrelid = c.oid
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            """)).Where(table => !Directory.ContainsKey(table.Name)).ToList();

        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.True(table is { Enabled: true, Forced: true }, table.Name));
        Assert.All(tables, table => Assert.Contains("NULLIF(current_setting('app.affiliate_id'::text, true), ''::text)", table.Policy!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_table_of_an_affiliate_has_affiliate_id_first_in_its_primary_key()
    {
        var firsts = (await _connection.QueryAsync<(string Table, string Column)>("""
            select c.relname, a.attname
            from pg_index i
            join pg_class c on c.oid = i.indrelid
            join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            where i.indisprimary and c.relnamespace = 'public'::regnamespace
            """)).Where(key => !Directory.ContainsKey(key.Table)).ToList();

        Assert.All(firsts, key => Assert.Equal("affiliate_id", key.Column));
    }

    [Fact]
    public async Task A_reference_between_tables_of_affiliates_names_the_affiliate()
    {
        var references = (await _connection.QueryAsync<(string Name, string Target, string[] Columns)>("""
            select conrelid::regclass::text, confrelid::regclass::text,
                   array(select a.attname::text from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k)
            from pg_constraint
            where contype = 'f' and connamespace = 'public'::regnamespace
            """)).Where(reference => !Directory.ContainsKey(reference.Target)).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Contains("affiliate_id", reference.Columns));
    }

    /// <summary>Tables that name a conversation or a texter and that a purge leaves alone, each with its reason.</summary>
    private static readonly Dictionary<string, string> Kept = new()
    {
        ["erasures"] = "the proof of a purge, by ids",
    };

    [Fact]
    public async Task Whatever_names_a_conversation_or_a_texter_goes_when_they_are_purged()
    {
        var tables = await _connection.QueryAsync<string>("""
            select distinct table_name
            from information_schema.columns
            where table_schema = 'public' and column_name in ('conversation_id', 'texter_id', 'escalation_id', 'response_id', 'message_id')
            """);

        Assert.Empty(tables.Except(PurgeStore.Tables).Except(Kept.Keys));
    }

    [Fact]
    public async Task Whatever_is_kept_as_bytes_says_which_key_it_is_under()
    {
        var columns = await _connection.QueryAsync<string>("""
            select table_name || '.' || column_name
            from information_schema.columns
            where table_schema = 'public' and data_type = 'bytea'
            """);
        var known = SealedColumns.OfAffiliate.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column}"))
            .Concat(SealedColumns.OfDataKeys).Concat(SealedColumns.Hashes).Append("idempotency_keys.answer");

        Assert.Equal(known.Order(StringComparer.Ordinal), columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_application_owns_nothing_and_only_adds_to_the_audit_trail()
    {
        await using var application = new NpgsqlConnection(_database.Chat);
        await application.OpenAsync();

        Assert.Equal(0, await application.ExecuteScalarAsync<int>("select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user"));
        Assert.False(await application.ExecuteScalarAsync<bool>("select rolsuper or rolbypassrls from pg_roles where rolname = current_user"));
        Assert.True(await application.ExecuteScalarAsync<bool>("select has_table_privilege('audit_entries', 'insert')"));
        Assert.False(await application.ExecuteScalarAsync<bool>("select has_table_privilege('audit_entries', 'update') or has_table_privilege('audit_entries', 'delete')"));
    }

    [Fact]
    public async Task A_row_of_another_affiliate_cannot_be_seen_or_written()
    {
        await using var application = new NpgsqlConnection(_database.Chat);
        await application.OpenAsync();
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        await _connection.ExecuteAsync(
            """
            insert into affiliates (id, name, time_zone, data_retention_days, status, version, created_at, updated_at)
            values (@one, 'one', 'Etc/UTC', 1, 'active', 1, now(), now()), (@other, 'other', 'Etc/UTC', 1, 'active', 1, now(), now());
            insert into programs (affiliate_id, id, name, status, settings, version, created_at, updated_at)
            values (@one, gen_random_uuid(), 'theirs', 'active', '{}', 1, now(), now());
            """,
            new { one, other });

        await application.ExecuteAsync("select set_config('app.affiliate_id', @other, false)", new { other = other.ToString() });

        Assert.Equal(0, await application.ExecuteScalarAsync<int>("select count(*)::int from programs"));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => application.ExecuteAsync(
            "insert into programs (affiliate_id, id, name, status, settings, version, created_at, updated_at) values (@one, gen_random_uuid(), 'x', 'active', '{}', 1, now(), now())",
            new { one }));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task Five_instances_that_start_at_once_migrate_once()
    {
        await using var database = await TestDatabase.CreateAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            Migrator.MigrateChatAsync(database.Owner, new NpgsqlConnectionStringBuilder(database.Chat).Username, CancellationToken.None)));

        Assert.Single(applied, count => count > 0);
        Assert.Equal(4, applied.Count(count => count == 0));
    }

    private async Task MigrateAsync()
    {
        DapperConventions.Apply();
        await Migrator.MigrateChatAsync(_database.Owner, new NpgsqlConnectionStringBuilder(_database.Chat).Username, CancellationToken.None);
    }
}
