using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Infrastructure.Persistence;

/// <summary>Who is there and how many more they may hold, as statements say it.</summary>
internal static class Room
{
    /// <summary>The responders u of @program who are available and have room; h.held is how many they hold. Its parameters are program and Occupying.</summary>
    public const string Responders = """
        from users u
        join user_programs m on m.user_id = u.id and m.program_id = @program
        join presence p on p.user_id = u.id and p.declared = 'available' and p.lapsed_at is null
        cross join lateral (
            select count(*)::int as held from conversations c where c.responder_id = u.id and c.state = any(@Occupying)
        ) h
        where u.role = 'responder' and u.status = 'active' and h.held < u.max_concurrent
        """;

    /// <summary>What somebody's row p of presence amounts to, also where they have none.</summary>
    public const string Presence = "case when p.lapsed_at is null then coalesce(p.declared, 'offline') else 'offline' end";

    /// <summary>The states that take up one of a responder's places.</summary>
    public static readonly string[] Occupying = [.. ConversationLifecycle.Occupying.Select(state => state.Name())];
}
