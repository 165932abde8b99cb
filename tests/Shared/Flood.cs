using Npgsql;

namespace Chat.Tests;

/// <summary>Many events at once, as if so many messages had been sent in so many conversations: committed, and waiting to be published.</summary>
public static class Flood
{
    public static async Task PourAsync(string database, Guid affiliate, int events, int conversations, int after = 0)
    {
        const string sql = """
            insert into outbox (id, affiliate_id, subject, sequence, type, data, origin, created_at)
            select
                gen_random_uuid(), $1, subject, number / $2 + 1, 'conversation.message.outbound',
                jsonb_build_object('conversationId', subject, 'programId', $1, 'messageId', gen_random_uuid(), 'messageSequence', number / $2 + 1),
                gen_random_uuid(), now()
            from (select number, md5($1::text || number % $2)::uuid as subject from generate_series($3, $4 - 1) as number) as made
            order by number
            """;

        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.CommandTimeout = 120;
        foreach (var value in new object[] { affiliate, conversations, after, after + events })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
