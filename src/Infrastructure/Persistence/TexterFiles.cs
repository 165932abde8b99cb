using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

internal sealed class TexterFiles(DbSession db, Keyring keyring, ICaller caller) : ITexterFiles
{
    public async Task RequireSeenAsync(TexterId texter, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select t.id
            from texters t
            where t.id = @texter and exists (select from conversations c where c.texter_id = t.id and {Visibility.Rule})
            for no key update of t
            """;

        _ = await db.FindAsync<TexterId?>(sql, new { texter, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The texter");
        db.Touch(texter.Value);
    }

    public async Task SetPlanAsync(TexterId texter, string? plan, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update texters set plan = @Plan, plan_by = @By, plan_at = @At where id = @texter";

        var isTaken = plan is null;
        await db.ExecuteAsync(
            sql,
            new
            {
                texter, Plan = isTaken ? null : await SealAsync(texter, "texters", "plan", texter.Value, plan!, cancellationToken),
                By = isTaken ? (Guid?)null : by.Value, At = isTaken ? (DateTimeOffset?)null : now,
            },
            cancellationToken);
    }

    public Task SetTimeZoneAsync(TexterId texter, string? timeZone, CancellationToken cancellationToken)
    {
        const string sql = "update texters set time_zone = @timeZone where id = @texter";

        return db.ExecuteAsync(sql, new { texter, timeZone }, cancellationToken);
    }

    public async Task AddNoteAsync(TexterId texter, string content, UserId author, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into texter_notes (texter_id, id, content, author_id, created_at)
            values (@texter, @id, @Content, @author, @now)
            """;

        var id = Guid.CreateVersion7(now);
        await db.ExecuteAsync(
            sql, new { texter, id, Content = await SealAsync(texter, "texter_notes", "content", id, content, cancellationToken), author, now }, cancellationToken);
    }

    public Task<TexterBlock?> BlockAsync(TexterId texter, CancellationToken cancellationToken)
    {
        const string sql = "select asked_by, until, approved_at from texter_blocks where texter_id = @texter and ended_at is null";

        return db.FindAsync<TexterBlock>(sql, new { texter }, cancellationToken);
    }

    public async Task AskForBlockAsync(TexterId texter, string reason, DateTimeOffset? until, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into texter_blocks (texter_id, id, reason, until, asked_by, asked_at)
            values (@texter, @id, @Reason, @until, @by, @now)
            """;

        var id = Guid.CreateVersion7(now);
        await db.ExecuteAsync(
            sql, new { texter, id, Reason = await SealAsync(texter, "texter_blocks", "reason", id, reason, cancellationToken), until, by, now }, cancellationToken);
    }

    public Task ApproveBlockAsync(TexterId texter, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            update texter_blocks
            set approved_by = @by, approved_at = @now
            where texter_id = @texter and ended_at is null and approved_at is null
            """;

        return db.ExecuteAsync(sql, new { texter, by, now }, cancellationToken);
    }

    public Task EndBlockAsync(TexterId texter, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update texter_blocks set ended_by = @by, ended_at = @now where texter_id = @texter and ended_at is null";

        return db.ExecuteAsync(sql, new { texter, by, now }, cancellationToken);
    }

    public async Task JoinAsync(TexterId texter, TexterId other, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string conversations = "update conversations set texter_id = @texter where texter_id = @other";
        const string stops = """
            insert into stopped_texters (channel_id, texter_id, source, stopped_at)
            select channel_id, @texter, source, stopped_at
            from stopped_texters
            where texter_id = @other
            on conflict do nothing
            """;
        const string stopsBefore = "delete from stopped_texters where texter_id = @other";
        const string block = """
            update texter_blocks
            set ended_by = @by, ended_at = @now
            where texter_id = @other and ended_at is null
            """;
        const string blocked = "select exists (select from texter_blocks where texter_id = @other and ended_at is null)";
        const string empty = "update texters set plan = null, plan_by = null, plan_at = null where id = @other";

        var both = new { texter, other, by, now };
        if (await db.FindAsync<bool>(blocked, both, cancellationToken))
        {
            throw new RefusedException("texter.block_stands", "The other texter is blocked. End that first.");
        }

        try
        {
            await db.ExecuteAsync(conversations, both, cancellationToken);
        }
        catch (PostgresException open) when (open.ConstraintName == "conversations_open")
        {
            throw new RefusedException("texter.both_open", "Both have an open conversation on the same channel. Close one of them first.");
        }

        await ResealAddressesAsync(texter, other, null, cancellationToken);
        await MoveWordsAsync(texter, other, now, cancellationToken);
        foreach (var sql in new[] { stops, stopsBefore, block, empty })
        {
            await db.ExecuteAsync(sql, both, cancellationToken);
        }

        db.Touch(other.Value);
    }

    public async Task<TexterId> SeparateAsync(TexterId texter, Guid address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string others = """
            select count(*) filter (where id = @address)::int as found, count(*) filter (where id <> @address)::int as others
            from texter_addresses
            where texter_id = @texter
            """;
        const string add = "insert into texters (id, created_at) values (@separate, @now)";
        const string conversations = "update conversations set texter_id = @separate where texter_id = @texter and address_id = @address";
        const string stops = """
            insert into stopped_texters (channel_id, texter_id, source, stopped_at)
            select s.channel_id, @separate, s.source, s.stopped_at
            from stopped_texters s
            where s.texter_id = @texter
            on conflict do nothing
            """;

        var counted = await db.FindAsync<Counted>(others, new { texter, address }, cancellationToken);
        if (counted!.Found == 0)
        {
            throw new NotFoundException("The address");
        }

        if (counted.Others == 0)
        {
            throw new RefusedException("texter.only_address", "It is the texter's only address.");
        }

        // The key is kept before the first row that needs it.
        var separate = new TexterId(Guid.CreateVersion7(now));
        await keyring.MakeDataKeysAsync(db.Affiliate.Value, [separate.Value], cancellationToken);
        await db.ExecuteAsync(add, new { separate, now }, cancellationToken);
        await ResealAddressesAsync(separate, texter, address, cancellationToken);
        await db.ExecuteAsync(conversations, new { separate, texter, address }, cancellationToken);

        // Who has stopped messages has stopped them, whoever they turn out to be.
        await db.ExecuteAsync(stops, new { separate, texter }, cancellationToken);
        db.Touch(separate.Value);
        return separate;
    }

    /// <summary>Gives addresses, all or one, to another texter and seals them under that one's key: each texter's key opens their own.</summary>
    private async Task ResealAddressesAsync(TexterId to, TexterId from, Guid? only, CancellationToken cancellationToken)
    {
        const string read = """
            select id, address
            from texter_addresses
            where texter_id = @from and (@only::uuid is null or id = @only)
            for no key update
            """;
        const string write = "update texter_addresses set texter_id = @to, address = @Address where id = @Id and texter_id = @from";

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, from.Value, cancellationToken);
        foreach (var row in await db.ListAsync<SealedRow>(read, new { from, only }, cancellationToken))
        {
            var address = Envelope.OpenText(key, new(db.Affiliate.Value, "texter_addresses", "address", row.Id), row.Address);
            await db.ExecuteAsync(
                write, new { to, from, row.Id, Address = await SealAsync(to, "texter_addresses", "address", row.Id, address, cancellationToken) }, cancellationToken);
        }
    }

    // Nothing that was written about somebody is lost: a second plan becomes a note.
    private async Task MoveWordsAsync(TexterId to, TexterId from, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string notes = "select id, content as address from texter_notes where texter_id = @from";
        const string move = "update texter_notes set texter_id = @to, content = @Content where texter_id = @from and id = @Id";
        const string plans = """
            select o.plan, o.plan_by, t.plan is not null as has_one
            from texters o
            join texters t on t.id = @to
            where o.id = @from and o.plan is not null
            """;

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, from.Value, cancellationToken);
        foreach (var row in await db.ListAsync<SealedRow>(notes, new { from }, cancellationToken))
        {
            var text = Envelope.OpenText(key, new(db.Affiliate.Value, "texter_notes", "content", row.Id), row.Address);
            await db.ExecuteAsync(move, new { to, from, row.Id, Content = await SealAsync(to, "texter_notes", "content", row.Id, text, cancellationToken) }, cancellationToken);
        }

        if (await db.FindAsync<PlanRow>(plans, new { to, from }, cancellationToken) is { } plan)
        {
            var text = Envelope.OpenText(key, new(db.Affiliate.Value, "texters", "plan", from.Value), plan.Plan);
            await (plan.HasOne ? AddNoteAsync(to, text, plan.PlanBy, now, cancellationToken) : SetPlanAsync(to, text, plan.PlanBy, now, cancellationToken));
        }
    }

    private async Task<byte[]> SealAsync(TexterId owner, string table, string column, Guid id, string text, CancellationToken cancellationToken) =>
        Envelope.Seal(await keyring.DataKeyAsync(db.Affiliate.Value, owner.Value, cancellationToken), new(db.Affiliate.Value, table, column, id), text);

    private sealed record Counted(int Found, int Others);

    private sealed record SealedRow(Guid Id, byte[] Address);

    private sealed record PlanRow(byte[] Plan, UserId PlanBy, bool HasOne);
}
