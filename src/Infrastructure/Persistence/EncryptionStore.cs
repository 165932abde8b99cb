using Chat.Application.Encryption;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Dapper;

namespace Chat.Infrastructure.Persistence;

internal sealed class EncryptionStore(DbSession db, Databases databases, KeyRotation rotation, IMasterKeys master) : IEncryption
{
    public async Task BeginRotationAsync(CancellationToken cancellationToken)
    {
        if (!await rotation.BeginAsync(db.Affiliate.Value, cancellationToken))
        {
            throw UnderWay();
        }

        db.Touch(db.Affiliate.Value);
    }

    public async Task BeginRewrappingAsync(CancellationToken cancellationToken)
    {
        const string sql = "update keys.changes set rewrap_to = @CurrentId where rewrap_to is null";

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, new { master.CurrentId }, cancellationToken: cancellationToken)) == 0)
        {
            throw UnderWay();
        }
    }

    public async Task<EncryptionView> ShowAsync(bool withMaster, CancellationToken cancellationToken)
    {
        const string sql = """
            select key_id, state, created_at, state_since, master_id
            from keys.affiliate_keys
            where affiliate_id = @Affiliate
            order by created_at desc, key_id desc
            """;
        const string underWay = "select rewrap_to is not null from keys.changes";
        const string wrapped = """
            select master_id, count(*)
            from (
                select master_id from keys.affiliate_keys where state <> 'destroyed'
                union all
                select master_id from keys.lookup_keys
            ) w
            group by master_id
            """;

        IReadOnlyList<KeyRow> rows;
        MasterKeyView? masterKey = null;
        await using (var connection = await databases.Keys.OpenConnectionAsync(cancellationToken))
        {
            rows = (await connection.QueryAsync<KeyRow>(new CommandDefinition(sql, new { Affiliate = db.Affiliate.Value }, cancellationToken: cancellationToken))).AsList();
            if (withMaster)
            {
                masterKey = new MasterKeyView(
                    master.CurrentId, await connection.ExecuteScalarAsync<bool>(new CommandDefinition(underWay, cancellationToken: cancellationToken)),
                    (await connection.QueryAsync<(string Id, long Count)>(new CommandDefinition(wrapped, cancellationToken: cancellationToken)))
                        .ToDictionary(row => row.Id, row => row.Count));
            }
        }

        var keys = new List<EncryptionKeyView>(rows.Count);
        foreach (var row in rows)
        {
            var values = row.State == "destroyed" ? 0 : await rotation.CountAsync(db.Affiliate.Value, row.KeyId, cancellationToken);
            keys.Add(new EncryptionKeyView(row.KeyId, row.State, row.CreatedAt, row.StateSince, row.MasterId, values));
        }

        return new EncryptionView(keys, masterKey);
    }

    private static RefusedException UnderWay() => new("encryption.rotation_under_way", "Keys are being replaced. Wait until that is done.");

    private sealed record KeyRow(Guid KeyId, string State, DateTimeOffset CreatedAt, DateTimeOffset StateSince, string MasterId);
}
