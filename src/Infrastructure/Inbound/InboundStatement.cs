using System.Text.Json;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Infrastructure.Inbound;

/// <summary>
/// Writes a batch of one affiliate's messages in one statement and one round trip. It is optimistic: what is remembered of a texter
/// says which conversation they have open, and the text is sealed with that conversation's key. When it no longer holds, no row of the
/// conversation is found, the message's conversation_id is null, the statement fails as a whole, and the caller looks again.
/// </summary>
internal sealed class InboundStatement(
    Databases databases, Keyring keyring, Application.Ports.ITriageRules rules, Instance instance, TimeProvider clock, ILogger<InboundStatement> logger)
    : IDisposable
{
    private const int MostRemembered = 100_000;

    private readonly MemoryCache _open = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    public async Task<StoredBatch> ExecuteAsync(Guid affiliate, IReadOnlyList<Pending> batch)
    {
        var now = Microseconds(clock.GetUtcNow());
        var places = await FindPlacesAsync(affiliate, batch);
        var rows = await SealAsync(affiliate, batch, places, now);
        await using var connection = await databases.Urgent.OpenConnectionAsync();
        await using var command = new NpgsqlBatch(connection);
        command.BatchCommands.Add(InAffiliate(affiliate));
        command.BatchCommands.Add(Write(affiliate, rows, now));
        await using var reader = await command.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var result = new StoredBatch();
        while (await reader.ReadAsync())
        {
            Collect(result, affiliate, rows[reader.GetInt32(0)], reader.GetGuid(1), reader.GetInt64(2), reader.GetBoolean(3), reader.GetString(4));
            result.LeavesWork |= reader.GetBoolean(5);
            Remember(rows[reader.GetInt32(0)], reader.GetString(4), reader.GetInt64(6), reader.GetInt64(7), reader.GetBoolean(8));
        }

        return result;
    }

    /// <summary>Forgets which conversations these texters have open.</summary>
    public void Forget(IEnumerable<Pending> batch)
    {
        foreach (var pending in batch)
        {
            _open.Remove(pending.Texter);
        }
    }

    public void Dispose() => _open.Dispose();

    private static void Collect(StoredBatch result, Guid affiliate, Row row, Guid program, long sequence, bool queued, string state)
    {
        var (pending, place) = (row.Pending, row.Place);
        result.Stored.Add(pending.ProviderId);
        if (queued && result.Queued.Add(place.ConversationId))
        {
            result.Announcements.Add(Announced(EventNames.Created));
        }

        result.Announcements.Add(Announced(EventNames.Inbound));
        if (row.ReplyId is not null)
        {
            result.Announcements.Add(Announced(EventNames.Outbound));
        }

        AnnouncedEvent Announced(string type) =>
            new(affiliate, type, place.ConversationId, program, JsonSerializer.SerializeToElement(new { state, messageSequence = sequence }));
    }

    // What triage remembers here is good only as long as nobody else has written; what is stale is looked up again.
    private void Remember(Row row, string state, long count, long revision, bool isStale)
    {
        var (pending, place) = (row.Pending, row.Place);
        if (isStale)
        {
            _open.Remove(pending.Texter);
            return;
        }

        _open.Set(
            pending.Texter,
            new Place(place.TexterId, false, place.AddressId, place.ConversationId, false, state == "new", new Remembered(row.Memory, count, revision)),
            new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) });
    }

    private async Task<Dictionary<TexterKey, Place>> FindPlacesAsync(Guid affiliate, IReadOnlyList<Pending> batch)
    {
        const string sql = """
            select
                asked.ord::int - 1, address.texter_id, conversation.id, conversation.state = 'new', address.id, conversation.inbound_count,
                conversation.triage_revision, conversation.triage
            from unnest($1, $2, $3) with ordinality as asked (kind, hash, channel_id, ord)
            -- Each limited to the one that there can be: looked up one by one, whatever the plan was made on.
            join lateral (
                select a.texter_id, a.id
                from texter_addresses a
                where a.affiliate_id = $4 and a.kind = asked.kind and a.address_hash = asked.hash
                limit 1
            ) address on true
            left join lateral (
                select c.id, c.state, c.inbound_count, c.triage_revision, c.triage
                from conversations c
                where c.affiliate_id = $4 and c.channel_id = asked.channel_id and c.texter_id = address.texter_id
                    and c.state not in ('closed', 'expired', 'failed')
                limit 1
            ) conversation on true
            """;

        var places = new Dictionary<TexterKey, Place>(batch.Count);
        var unknown = new List<Pending>();
        foreach (var pending in batch.DistinctBy(pending => pending.Texter))
        {
            if (_open.TryGetValue(pending.Texter, out Place? known))
            {
                places[pending.Texter] = known!;
            }
            else
            {
                unknown.Add(pending);
            }
        }

        if (unknown.Count == 0)
        {
            return places;
        }

        await using (var connection = await databases.Urgent.OpenConnectionAsync())
        await using (var command = new NpgsqlBatch(connection))
        {
            command.BatchCommands.Add(InAffiliate(affiliate));
            command.BatchCommands.Add(new NpgsqlBatchCommand(sql)
            {
                Parameters =
                {
                    Array(unknown.Select(pending => pending.AddressKind)), Array(unknown.Select(pending => pending.AddressHash)),
                    Array(unknown.Select(pending => pending.Texter.Channel)), new NpgsqlParameter<Guid> { TypedValue = affiliate },
                },
            });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                var (texter, conversation) = (reader.GetGuid(1), reader.IsDBNull(2) ? (Guid?)null : reader.GetGuid(2));
                places[unknown[reader.GetInt32(0)].Texter] = new Place(
                    texter, false, reader.GetGuid(4), conversation ?? Guid.CreateVersion7(), conversation is null, Unrouted: conversation is null || reader.GetBoolean(3),
                        conversation is null
                            ? Remembered.Nothing
                            : new Remembered(TriageMemory.Empty, reader.GetInt64(5), reader.GetInt64(6), reader.IsDBNull(7) ? null : (byte[])reader.GetValue(7)));
            }
        }

        foreach (var pending in unknown.Where(pending => !places.ContainsKey(pending.Texter)))
        {
            var texter = Guid.CreateVersion7();
            places.Add(pending.Texter, new Place(texter, true, AddressId: texter, Guid.CreateVersion7(), true, true, Remembered.Nothing));
        }

        await MakeKeysAsync(affiliate, unknown.Select(pending => places[pending.Texter]));
        return places;
    }

    private async Task MakeKeysAsync(Guid affiliate, IEnumerable<Place> places)
    {
        var owners = places
            .SelectMany(place => new[] { place.NewTexter ? place.TexterId : (Guid?)null, place.NewConversation ? place.ConversationId : null })
            .OfType<Guid>().ToList();
        if (owners.Count > 0)
        {
            await keyring.MakeDataKeysAsync(affiliate, owners, CancellationToken.None);
        }
    }

    private async Task<List<Row>> SealAsync(Guid affiliate, IReadOnlyList<Pending> batch, Dictionary<TexterKey, Place> places, DateTime now)
    {
        var owners = places.Values.SelectMany(place => place.NewTexter ? new[] { place.ConversationId, place.TexterId } : [place.ConversationId]).ToHashSet();
        var keys = (await keyring.DataKeysAsync(affiliate, owners, CancellationToken.None)).ToDictionary();

        // A key store that was restored from an older copy lacks the newest keys. What was said before is lost with them; what is said now
        // must not be.
        var gone = owners.Where(owner => !keys.ContainsKey(owner)).ToList();
        if (gone.Count > 0)
        {
            foreach (var (owner, made) in await keyring.MakeDataKeysAsync(affiliate, gone, CancellationToken.None))
            {
                keys[owner] = made;
            }
        }

        var rows = new List<Row>(batch.Count);
        var started = new HashSet<Guid>();
        var memories = places.Values.DistinctBy(place => place.ConversationId)
            .ToDictionary(place => place.ConversationId, place => place.Remembered.Open(keys[place.ConversationId], affiliate, place.ConversationId, logger));
        foreach (var pending in batch)
        {
            var place = places[pending.Texter];
            var key = keys[place.ConversationId];
            var reply = ReplyTo(pending.Message, place.Unrouted && started.Add(place.ConversationId), now);
            var row = new Row(pending, place, Guid.CreateVersion7(now), reply is null ? null : (Guid.CreateVersion7(now), reply));
            row.Content = Envelope.Seal(key, new(affiliate, "messages", "content", row.MessageId), pending.Message.Text);
            memories[place.ConversationId] = Assess(row, memories[place.ConversationId], key, affiliate);
            if (row.Reply is { } answer)
            {
                row.ReplyContent = Envelope.Seal(key, new(affiliate, "messages", "content", answer.Id), answer.Text);
            }

            if (place.NewTexter)
            {
                row.Address = Envelope.Seal(keys[place.TexterId], new(affiliate, "texter_addresses", "address", row.AddressId), pending.Message.ExternalId);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Reads a message for danger. Where it shows none, there is nothing new to remember and nothing to store.</summary>
    private (TriageMemory Memory, long Count) Assess(Row row, (TriageMemory Memory, long Count) soFar, SealingKey key, Guid affiliate)
    {
        var number = soFar.Count + 1;
        var memory = rules.Of(new(affiliate), row.Program).Assess(soFar.Memory, row.Pending.Reading, number).Memory;
        row.Assessed = number;

        // What was seen before is not news when it is said again.
        row.Raises = memory.Level != soFar.Memory.Level || memory.Topics.Count != soFar.Memory.Topics.Count;
        if (!row.Raises && memory.Cues.Count == soFar.Memory.Cues.Count && memory.Reasons.Count == soFar.Memory.Reasons.Count)
        {
            row.Memory = soFar.Memory;
            return (soFar.Memory, number);
        }

        row.Memory = memory = memory with { Messages = (int)number };
        row.Triage = TriageSecrets.Seal(key, affiliate, row.Place.ConversationId, memory);
        return (memory, number);
    }

    /// <summary>
    /// The keyword's own answer. A word that starts a conversation is answered where it starts one, and where its promise can be kept: in
    /// the middle of a conversation it is only a word, and a program that is closed says so instead. What stops, allows or explains is
    /// answered always.
    /// </summary>
    private static string? ReplyTo(Application.Ports.InboundMessage message, bool starts, DateTime now) =>
        message.Keyword is { Response: { Length: > 0 } response } keyword
        && (keyword.Action != KeywordAction.Start || (starts && keyword.Hours.IsOpenAt(now)))
            ? response
            : null;

    // The statements below are long and always run the same way: they are planned once, and not with every batch.
    private static NpgsqlBatchCommand InAffiliate(Guid affiliate) =>
        new("select set_config('app.affiliate_id', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = affiliate.ToString() } },
        };

    private NpgsqlBatchCommand Write(Guid affiliate, List<Row> rows, DateTime now)
    {
        const string sql = """
            with incoming as (
                select *
                from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $25, $26, $27, $28)
                    with ordinality as row (
                        channel_id, provider_message_id, texter_id, new_texter, conversation_id, new_conversation, routes, program_id, sub_program,
                        provider, address_kind, address_hash, address_id, address, message_id, content, attachment_types, reply_id, reply_content,
                        event_id, stops, triage, revision, assessed, raises, ord)
            ),
            fresh as (
                insert into inbox (affiliate_id, channel_id, provider_message_id, received_at)
                select $1, channel_id, provider_message_id, $2
                from incoming
                order by channel_id, provider_message_id
                on conflict do nothing
                returning channel_id, provider_message_id
            ),
            arrived as (
                select incoming.*, 1 + (reply_id is not null)::int as weight
                from incoming
                join fresh using (channel_id, provider_message_id)
            ),
            placed as (
                select *, sum(weight) over (partition by conversation_id order by ord) as upto
                from arrived
            ),
            asked as (
                select
                    conversation_id, sum(weight)::bigint as weight, bool_or(new_conversation) as is_new,
                    -- Whom two people have blocked is heard, and calls nobody.
                    bool_or(routes) and not exists (
                        select from texter_blocks b
                        where b.affiliate_id = $1 and b.texter_id = (array_agg(arrived.texter_id))[1] and b.ended_at is null and b.approved_at is not null
                            and (b.until is null or b.until > $2)) as routes,
                    (array_agg(address_id))[1] as address_id,
                    bool_or(stops is not null) as consents, count(*) as messages,
                    (array_agg(triage order by ord desc) filter (where triage is not null))[1] as triage, min(revision) as revision, max(assessed) as assessed,
                    bool_or(raises) as raises,
                    (array_agg(program_id order by not routes, ord))[1] as program_id, (array_agg(sub_program order by not routes, ord))[1] as sub_program,
                    (array_agg(channel_id))[1] as channel_id, (array_agg(texter_id))[1] as texter_id, min(provider) as provider
                from arrived
                group by conversation_id
            ),
            met as (
                insert into texter_addresses (affiliate_id, kind, address_hash, id, texter_id, address, created_at)
                select distinct on (texter_id) $1, address_kind, address_hash, address_id, texter_id, address, $2
                from arrived
                where new_texter
                order by texter_id, ord
                on conflict do nothing
                returning texter_id
            ),
            texter as (
                insert into texters (affiliate_id, id, created_at)
                select $1, texter_id, $2 from met
            ),
            opened as (
                insert into conversations (
                    affiliate_id, id, channel_id, program_id, sub_program, texter_id, address_id, provider, state, last_sequence, event_sequence, version,
                    created_at, updated_at, state_since, queued_at, effective_at, called_at, inbound_count, triage, triage_revision)
                select
                    $1, conversation_id, channel_id, program_id, sub_program, texter_id, address_id, provider, case when routes then 'queued' else 'new' end,
                    weight, weight + routes::int, 1 + routes::int, $2, $2, $2, case when routes then $2 end, case when routes then $2 end,
                    case when consents then $2 end, messages, triage, (triage is not null)::int
                from asked
                where is_new
                on conflict do nothing
                returning
                    id, program_id, texter_id, state, version, provider, state = 'queued' as queued, called_at is not null as called,
                    inbound_count, triage_revision, triage_stale, 0::bigint as messages_before, 0::bigint as events_before
            ),
            continued as (
                update conversations as c
                set last_sequence = c.last_sequence + asked.weight,
                    event_sequence = c.event_sequence + asked.weight + (c.state = 'new' and asked.routes)::int,
                    version = c.version + (c.state = 'new' and asked.routes)::int,
                    program_id = case when c.state = 'new' and asked.routes then asked.program_id else c.program_id end,
                    sub_program = case when c.state = 'new' and asked.routes then asked.sub_program else c.sub_program end,
                    queued_at = case when c.state = 'new' and asked.routes then $2 else c.queued_at end,
                    effective_at = case when c.state = 'new' and asked.routes then $2 else c.effective_at end,
                    state_since = case when c.state = 'new' and asked.routes then $2 else c.state_since end,
                    -- Nobody is looking there, a survey asks, or the texter has said whether they want messages: what becomes of it is decided in a
                    -- moment, by the job below.
                    called_at = case
                        when asked.consents or c.unattended or c.survey_running is not null
                            or c.state in ('wrap_up', 'follow_up_scheduled', 'follow_up_active') then coalesce(c.called_at, $2)
                        else c.called_at
                    end,
                    state = case when c.state = 'new' and asked.routes then 'queued' else c.state end,
                    inbound_count = c.inbound_count + asked.messages,
                    -- A memory is stored where nobody has written past it; otherwise what was said is read again, by the job below.
                    triage = case
                        when c.triage_revision = asked.revision and c.inbound_count + asked.messages = asked.assessed and not c.triage_stale
                            then coalesce(asked.triage, c.triage)
                        else c.triage
                    end,
                    triage_revision = c.triage_revision + (asked.triage is not null)::int,
                    -- Also where this message brought nothing new by an older memory: by what a person has judged since, it may.
                    triage_stale = c.triage_stale or c.triage_revision <> asked.revision
                        or (asked.triage is not null and c.inbound_count + asked.messages <> asked.assessed),
                    updated_at = $2
                from asked
                -- Found by its id and in no other way: a plan that was made on a new, empty table would otherwise read the index of all open
                -- conversations, which this comparison does not let it use.
                where not asked.is_new and c.affiliate_id = $1 and c.id = asked.conversation_id
                    and c.state || '' not in ('closed', 'expired', 'failed')
                returning
                    c.id, c.program_id, c.texter_id, c.state, c.version, c.provider, asked.routes and c.state = 'queued' and c.queued_at = $2 as queued,
                    (c.called_at = $2) is true as called, c.inbound_count, c.triage_revision, c.triage_stale,
                    c.last_sequence - asked.weight as messages_before,
                    c.event_sequence - asked.weight - (asked.routes and c.state = 'queued' and c.queued_at = $2)::int as events_before
            ),
            conversation as (
                select c.*, asked.raises or c.triage_stale as seen
                from (
                    select * from opened
                    union all
                    select * from continued
                ) c
                join asked on asked.conversation_id = c.id
            ),
            numbered as (
                select
                    placed.*, c.id as found, c.texter_id as of_texter, c.program_id as in_program, c.state, c.queued, c.called, c.seen, c.inbound_count, c.triage_revision, c.triage_stale,
                    c.messages_before + upto - weight + 1 as sequence,
                    c.events_before + c.queued::int + upto - weight + 1 as event_sequence
                from placed
                left join conversation c on c.id = placed.conversation_id
            ),
            stored as (
                insert into messages (
                    affiliate_id, conversation_id, sequence, id, direction, kind, status, content, provider_message_id, attachment_types, created_at)
                select
                    $1, found, sequence, message_id, 'inbound', 'text', 'received', content, provider_message_id,
                    string_to_array(attachment_types, ','), $2
                from numbered
                union all
                select $1, found, sequence + 1, reply_id, 'system', 'text', 'queued', reply_content, null, null, $2
                from numbered
                where reply_id is not null
            ),
            sending as (
                insert into deliveries (affiliate_id, message_id, conversation_id, channel_id, sequence, due_at)
                select $1, reply_id, found, channel_id, sequence + 1, $2
                from numbered
                where reply_id is not null
            ),
            logged as (
                insert into conversation_transitions (affiliate_id, conversation_id, version, transition, from_state, to_state, at)
                select $1, id, version, 'route_message', 'new', 'queued', $2
                from conversation
                where queued
            ),
            waiting as (
                insert into due_jobs (affiliate_id, kind, subject_id, due_at)
                select $1, 'queue', id, $2
                from conversation
                where queued
                union all
                select $1, 'texter', id, $2
                from conversation
                where called
                union all
                select $1, 'risk', id, $2
                from conversation
                where seen
                on conflict (affiliate_id, kind, subject_id) do update
                set due_at = excluded.due_at, attempts = 0, claimed_until = null
            ),
            stopping as (
                insert into stopped_texters (affiliate_id, channel_id, texter_id, source, stopped_at)
                select distinct $1, channel_id, of_texter, 'keyword', $2
                from numbered
                where stops
                on conflict (affiliate_id, channel_id, texter_id) do update
                set stopped_at = excluded.stopped_at
            ),
            allowing as (
                delete from stopped_texters s
                using numbered n
                where not n.stops and s.affiliate_id = $1 and s.channel_id = n.channel_id and s.texter_id = n.of_texter
            ),
            told as (
                insert into outbox (id, affiliate_id, subject, sequence, type, data, origin, created_at)
                select
                    gen_random_uuid(), $1, id, events_before + 1, 'conversation.created',
                    jsonb_build_object('conversationId', id, 'programId', program_id, 'state', state, 'provider', provider), $24, $2
                from conversation
                where queued
                union all
                select
                    event_id, $1, found, event_sequence, 'conversation.message.inbound',
                    jsonb_build_object(
                        'conversationId', found, 'programId', in_program, 'messageId', message_id, 'messageSequence', sequence, 'provider', provider),
                    $24, $2
                from numbered
                union all
                select
                    gen_random_uuid(), $1, found, event_sequence + 1, 'conversation.message.outbound',
                    jsonb_build_object('conversationId', found, 'programId', in_program, 'messageId', reply_id, 'messageSequence', sequence + 1),
                    $24, $2
                from numbered
                where reply_id is not null
                order by 3, 4
            )
            select ord::int - 1, in_program, sequence, queued, state, queued or called or seen, inbound_count, triage_revision, triage_stale
            from numbered
            order by ord
            """;

        return new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = affiliate },
                new NpgsqlParameter<DateTime> { TypedValue = now, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                Array(rows.Select(row => row.Pending.Texter.Channel)),
                Array(rows.Select(row => row.Pending.Message.ProviderMessageId)),
                Array(rows.Select(row => row.Place.TexterId)),
                Array(rows.Select(row => row.Place.NewTexter)),
                Array(rows.Select(row => row.Place.ConversationId)),
                Array(rows.Select(row => row.Place.NewConversation)),
                Array(rows.Select(row => row.Routes)),
                Array(rows.Select(row => row.Program.Value)),
                Array(rows.Select(row => row.Pending.Message.Keyword?.SubProgram)),
                Array(rows.Select(row => row.ProviderName)),
                Array(rows.Select(row => row.Pending.AddressKind)),
                Array(rows.Select(row => row.Pending.AddressHash)),
                Array(rows.Select(row => row.AddressId)),
                Array(rows.Select(row => row.Address)),
                Array(rows.Select(row => row.MessageId)),
                Array(rows.Select(row => row.Content)),
                Array(rows.Select(row => row.AttachmentTypes)),
                Array(rows.Select(row => row.ReplyId)),
                Array(rows.Select(row => row.ReplyContent)),
                Array(rows.Select(row => row.EventId)),
                Array(rows.Select(row => row.Stops)),
                new NpgsqlParameter<Guid> { TypedValue = instance.Id },
                Array(rows.Select(row => row.Triage)),
                Array(rows.Select(row => row.Place.Remembered.Revision)),
                Array(rows.Select(row => row.Assessed)),
                Array(rows.Select(row => row.Raises)),
            },
        };
    }

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values) => new() { TypedValue = values.ToArray() };

    // PostgreSQL keeps microseconds; a time that is compared with what was stored must have no more.
    private static DateTime Microseconds(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>Which texter and which conversation a message belongs to, and whether they are yet to be made.</summary>
    /// <param name="Unrouted">Nobody has been called yet: the conversation is new, or has only asked for automatic answers.</param>
    private sealed record Place(Guid TexterId, bool NewTexter, Guid AddressId, Guid ConversationId, bool NewConversation, bool Unrouted, Remembered Remembered);

    /// <summary>What triage remembers of a conversation, opened or still sealed, and how far it goes.</summary>
    private sealed record Remembered(TriageMemory Memory, long Count, long Revision, byte[]? Sealed = null)
    {
        public static readonly Remembered Nothing = new(TriageMemory.Empty, 0, 0);

        // A memory that does not open must not keep a message out.
        public (TriageMemory Memory, long Count) Open(SealingKey key, Guid affiliate, Guid conversation, ILogger logger) =>
            (Sealed is null ? Memory : TriageSecrets.OpenOrEmpty(key, affiliate, conversation, Sealed, logger), Count);
    }

    private sealed class Row(Pending pending, Place place, Guid messageId, (Guid Id, string Text)? reply)
    {
        public Pending Pending { get; } = pending;

        public Place Place { get; } = place;

        public Guid MessageId { get; } = messageId;

        public Guid EventId { get; } = Guid.CreateVersion7();

        public Guid AddressId { get; } = place.AddressId;

        public (Guid Id, string Text)? Reply { get; } = reply;

        public Guid? ReplyId => Reply?.Id;

        public byte[] Content { get; set; } = [];

        public byte[]? ReplyContent { get; set; }

        public byte[]? Address { get; set; }

        /// <summary>Which of the texter's messages it was taken for when it was assessed.</summary>
        public long Assessed { get; set; }

        public TriageMemory Memory { get; set; } = TriageMemory.Empty;

        /// <summary>Whether the level or what it is about has become another by it.</summary>
        public bool Raises { get; set; }

        /// <summary>What triage remembers after it, sealed; null where that is nothing new.</summary>
        public byte[]? Triage { get; set; }

        public string ProviderName { get; } = Domain.Common.Wire.Name(pending.Message.Account.Provider);

        public string? AttachmentTypes { get; } = pending.Message.AttachmentTypes.Count == 0 ? null : string.Join(',', pending.Message.AttachmentTypes);

        public bool Routes { get; } = pending.Message.CallsSomebody;

        public ProgramId Program { get; } = pending.Message.Program;

        public bool? Stops { get; } = pending.Message.Stops;
    }
}

/// <summary>What of a batch was new, and what is to be told about it.</summary>
internal sealed class StoredBatch
{
    public HashSet<(Guid Channel, string Id)> Stored { get; } = [];

    public HashSet<Guid> Queued { get; } = [];

    /// <summary>Whether something is due at once because of it.</summary>
    public bool LeavesWork { get; set; }

    public List<AnnouncedEvent> Announcements { get; } = [];
}
