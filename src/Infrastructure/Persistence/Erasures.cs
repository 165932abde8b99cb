using System.Text.Json;
using Chat.Application.Ports;

namespace Chat.Infrastructure.Persistence;

internal sealed class Erasures(DbSession db) : IErasures
{
    public Task AddAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into erasures (id, texter_id, asked_by, asked_at, destroyed, key_ids)
            values (@Id, @TexterId, @AskedBy, @AskedAt, @Destroyed::jsonb, @KeyIds)
            """;

        db.Touch(erasure.Id);
        return db.ExecuteAsync(
            sql,
            new
            {
                erasure.Id, erasure.TexterId, erasure.AskedBy, erasure.AskedAt, Destroyed = JsonSerializer.Serialize(erasure.Destroyed),
                KeyIds = erasure.KeyIds.ToArray(),
            },
            cancellationToken);
    }
}
