using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Programs;
using Chat.Infrastructure.Keys;
using Dapper;

namespace Chat.Infrastructure.Persistence;

/// <summary>Which conversations a caller may see, as a condition on conversations c; its parameters are SeesAll and Me.</summary>
internal static class Visibility
{
    /// <summary>
    /// Supervisors and admins see their affiliate's; a responder sees their own, those that are offered to them, who waits in their
    /// programs, and, in those programs, the earlier conversations of a texter whose open one they hold.
    /// </summary>
    public const string Rule = """
        (@SeesAll or c.responder_id = @Me
         or c.state = 'transferred' and c.offered_to = @Me
         or c.program_id in (select p.program_id from user_programs p where p.user_id = @Me)
            and (c.state = 'queued'
                 or c.state = 'transferred' and c.offered_to is null
                 or exists (select from conversations o
                            where o.texter_id = c.texter_id and o.responder_id = @Me and o.state not in ('closed', 'expired', 'failed'))))
        """;

    public static bool SeesAll(this ICaller caller) => !caller.May(Permission.HoldConversations);
}

internal sealed class ConversationRepository(
    DbSession db, Keyring keyring, IDueJobs jobs, IProgramFacts programs, RiskCredits credits, ICaller caller) : IConversationRepository
{
    private const string Columns = """
        c.id, c.channel_id, c.program_id, c.texter_id, c.responder_id, c.state, c.risk_level, c.tags, c.last_sequence, c.event_sequence,
        c.version, c.created_at, c.updated_at, c.state_since, c.queued_at, c.effective_at, c.offered_to, c.offer_expires_at, c.hand_off_note, c.tended_at,
        c.called_at, c.unattended, c.closed_at, c.close_reason, c.survey_running, c.survey_completed
        """;

    // A fifth of a second in all.
    private const int MostLooks = 7;

    public async Task<Conversation> GetAsync(ConversationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from conversations c
            where c.id = @id and {Visibility.Rule}
            for no key update
            """;

        return await db.FindAsync<Conversation>(sql, new { id, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken) ?? throw NotThere();
    }

    public async Task<Conversation> GetForClaimAsync(ConversationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from conversations c
            where c.id = @id and c.program_id in (select p.program_id from user_programs p where p.user_id = @Me)
            for no key update
            """;

        return await db.FindAsync<Conversation>(sql, new { id, Me = caller.UserId }, cancellationToken) ?? throw NotThere();
    }

    public async Task<Conversation> GetForSystemAsync(ConversationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from conversations c
            where c.id = @id
            for no key update
            """;

        return await db.FindAsync<Conversation>(sql, new { id }, cancellationToken) ?? throw NotThere();
    }

    public async Task<UserId?> HolderAsync(ConversationId id, CancellationToken cancellationToken)
    {
        const string sql = "select responder_id from conversations where id = @id";

        // Nobody is a null in a row that is there, which an id of its own type cannot be read from.
        return await db.FindAsync<Guid?>(sql, new { id }, cancellationToken) is { } holder ? new UserId(holder) : null;
    }

    public async Task<Conversation?> NextWaitingAsync(UserId responder, ProgramId? program, CancellationToken cancellationToken)
    {
        // The first of each program, then the first of those: each an index's first entry, however many wait.
        const string sql = $"""
            select {Columns}
            from user_programs p
            cross join lateral (
                select *
                from conversations w
                where w.program_id = p.program_id and w.state = 'queued'
                order by w.effective_at, w.id
                limit 1
                for no key update skip locked
            ) c
            where p.user_id = @responder and (@program::uuid is null or p.program_id = @program)
            order by c.effective_at, c.id
            limit 1
            """;

        const string first = """
            select c.id
            from user_programs p
            cross join lateral (
                select w.id, w.effective_at
                from conversations w
                where w.program_id = p.program_id and w.state = 'queued'
                order by w.effective_at, w.id
                limit 1
            ) c
            where p.user_id = @responder and (@program::uuid is null or p.program_id = @program)
            order by c.effective_at, c.id
            limit 1
            """;

        // Whoever chooses at the same moment has the first of each program locked and takes one, and now and then the platform itself is at
        // work on the first. They are done in a moment: it is worth waiting for, so that nobody in more danger is passed over.
        var parameters = new { responder, program = program?.Value };
        for (var look = 1; ; look++)
        {
            var next = await db.FindAsync<Conversation>(sql, parameters, cancellationToken);
            if (look == MostLooks || next?.Id.Value == await db.FindAsync<Guid?>(first, parameters, cancellationToken))
            {
                return next;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10 * look), cancellationToken);
        }
    }

    public Task<bool> AnyWaitingAsync(ProgramId program, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from conversations where program_id = @program and state = 'queued')";

        return db.FindAsync<bool>(sql, new { program }, cancellationToken);
    }

    public async Task<int> FreePlacesAsync(UserId responder, CancellationToken cancellationToken)
    {
        // Two statements: the second must see what whoever held the lock before has taken. Who has been made inactive meanwhile, or is
        // no responder any more, has no places.
        const string limit = """
            select max_concurrent
            from users
            where id = @responder and status = 'active' and role = 'responder'
            for no key update
            """;
        const string held = "select count(*)::int from conversations where responder_id = @responder and state = any(@Occupying)";

        var places = await db.FindAsync<int>(limit, new { responder }, cancellationToken);
        return places - await db.FindAsync<int>(held, new { responder, Room.Occupying }, cancellationToken);
    }

    public async Task SaveAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        const string sql = """
            update conversations
            set program_id = @ProgramId, responder_id = @ResponderId, state = @State, risk_level = @RiskLevel, tags = @Tags, last_sequence = @LastSequence,
                event_sequence = @EventSequence, version = @Version, updated_at = @UpdatedAt, state_since = @StateSince, queued_at = @QueuedAt,
                effective_at = @Place, offered_to = @OfferedTo, offer_expires_at = @OfferExpiresAt, hand_off_note = @HandOffNote,
                tended_at = @TendedAt, called_at = @CalledAt, unattended = @Unattended, closed_at = @ClosedAt, close_reason = @CloseCode,
                close_words = coalesce(@CloseWords, close_words),
                survey_running = @SurveyRunning, survey_completed = @SurveyCompleted
            where id = @Id
            """;
        const string log = """
            insert into conversation_transitions (conversation_id, version, transition, from_state, to_state, actor_id, about_id, reason, at)
            values (@Id, @Version, @Transition, @FromState, @ToState, @ActorId, @AboutId, @Reason, @At)
            """;

        var place = conversation.QueuedAt is { } since ? credits.PlaceOf(since, conversation.RiskLevel) : (DateTimeOffset?)null;
        var parameters = new DynamicParameters(conversation);
        parameters.Add("Place", place?.UtcDateTime);
        var words = CloseWords.AreWords(conversation.CloseReason) ? await SealAsync(conversation, cancellationToken) : null;
        parameters.Add("CloseCode", words is null ? conversation.CloseReason : CloseWords.InWords);
        parameters.Add("CloseWords", words);
        await db.WriteAsync(sql, conversation, parameters, cancellationToken);
        foreach (var taken in conversation.Taken)
        {
            await db.ExecuteAsync(
                log,
                new
                {
                    conversation.Id, taken.Version, taken.Transition, taken.FromState, taken.ToState, taken.ActorId, taken.AboutId, taken.Reason, taken.At,
                },
                cancellationToken);
        }

        if (conversation.Taken.Count > 0)
        {
            await SetTimersAsync(conversation, conversation.Taken[0].FromState, cancellationToken);
            conversation.ForgetTaken();
        }
    }

    /// <summary>Whatever waits in a state begins with it and ends with it, whoever brought it about.</summary>
    private async Task SetTimersAsync(Conversation conversation, ConversationState before, CancellationToken cancellationToken)
    {
        const string withdraw = "update follow_ups set status = 'withdrawn' where conversation_id = @Id and status = 'scheduled'";
        const string interrupt = """
            update survey_responses
            set outcome = 'interrupted', ended_at = @UpdatedAt
            where conversation_id = @Id and outcome is null
            """;

        var (id, state) = (conversation.Id.Value, conversation.State);
        if (state == ConversationState.Queued)
        {
            await jobs.ScheduleAsync(JobKind.Queue, id, conversation.StateSince, cancellationToken);
        }
        else if (before == ConversationState.Queued)
        {
            await jobs.CancelAsync(JobKind.Queue, id, cancellationToken);
        }

        if (state == ConversationState.Transferred)
        {
            await jobs.ScheduleAsync(JobKind.Transfer, id, conversation.OfferExpiresAt!.Value, cancellationToken);
        }
        else if (before == ConversationState.Transferred)
        {
            await jobs.CancelAsync(JobKind.Transfer, id, cancellationToken);
        }

        if (state == ConversationState.FollowUpActive)
        {
            var patience = (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings.FollowUpReply;
            await jobs.ScheduleAsync(JobKind.FollowUp, id, conversation.StateSince + patience, cancellationToken);
        }
        else if (before is ConversationState.FollowUpScheduled or ConversationState.FollowUpActive)
        {
            await jobs.CancelAsync(JobKind.FollowUp, id, cancellationToken);
            await db.ExecuteAsync(withdraw, new { conversation.Id }, cancellationToken);
        }

        if (conversation.SurveyCutShort)
        {
            await jobs.CancelAsync(JobKind.Survey, id, cancellationToken);
            await db.ExecuteAsync(interrupt, new { conversation.Id, conversation.UpdatedAt }, cancellationToken);
        }

        // A place has come free: whoever waits in a program that gives out its conversations can have it.
        if (ConversationLifecycle.Occupying.Contains(before) && !ConversationLifecycle.Occupying.Contains(state)
            && (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings.Assignment == Assignment.Push)
        {
            await jobs.ScheduleAsync(JobKind.Assign, conversation.ProgramId.Value, conversation.StateSince, cancellationToken);
        }
    }

    private async Task<byte[]> SealAsync(Conversation closed, CancellationToken cancellationToken)
    {
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, closed.Id.Value, cancellationToken);
        return Envelope.Seal(key, CloseWords.PlaceOf(db.Affiliate.Value, closed.Id.Value), closed.CloseReason!);
    }

    private static NotFoundException NotThere() => new("The conversation");
}
