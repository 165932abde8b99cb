using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Infrastructure.Persistence;

namespace Chat.Infrastructure.Reads;

/// <summary>Which rows of one affiliate a list asks for: those after an id or, where ids are given, those of them that fit.</summary>
internal readonly record struct AdminRows(Guid[]? Ids, Guid? After, int Take)
{
    /// <summary>The condition and the order, on a table's own id; the parameters carry this record's names.</summary>
    public const string Condition = "(@Ids::uuid[] is null or id = any(@Ids)) and (@After::uuid is null or id > @After)";
}

/// <summary>
/// Lists of what admins manage. One affiliate's is read as it stands. A platform admin who names none reads all affiliates': the
/// directory of resources gives the next ids in order, and each affiliate is entered in turn for its rows among them.
/// </summary>
internal sealed class AdminLists(DbSession db, IAffiliateRepository affiliates, ICaller caller)
{
    public async Task<Page<T>> ReadAsync<T>(
        string kind, IPaged query, Guid? affiliate, Guid? program, Func<AdminRows, Task<IReadOnlyList<T>>> rows, Func<T, Guid> id,
        CancellationToken cancellationToken)
    {
        var take = query.Size() + 1;
        if (affiliate is not null && caller.IsPlatform)
        {
            await affiliates.GetAsync(new(affiliate.Value), cancellationToken);
        }

        var found = affiliate is null && caller.IsPlatform
            ? await AcrossAsync(kind, query.After(), take, program, rows, id, cancellationToken)
            : await rows(new AdminRows(null, query.After(), take));
        return Page.Of(found, query.Size(), item => Paging.CursorOf(id(item)));
    }

    private async Task<IReadOnlyList<T>> AcrossAsync<T>(
        string kind, Guid? after, int take, Guid? program, Func<AdminRows, Task<IReadOnlyList<T>>> rows, Func<T, Guid> id,
        CancellationToken cancellationToken)
    {
        const string sql = """
            select r.id, r.affiliate_id
            from admin_resources r
            where r.kind = @kind and (@after::uuid is null or r.id > @after)
                and (@program::uuid is null or r.affiliate_id = (select p.affiliate_id from admin_resources p where p.id = @program))
            order by r.id
            limit @Most
            """;

        // A filter may drop most of what the directory names: the next ids are asked for until the page is full or nothing is left.
        var found = new List<T>();
        IReadOnlyList<Resource> next;
        do
        {
            next = await db.ListAsync<Resource>(sql, new { kind, after, program, Paging.Most }, cancellationToken);
            var byId = new Dictionary<Guid, T>();
            foreach (var owned in next.GroupBy(resource => resource.AffiliateId))
            {
                await db.EnterAsync(new(owned.Key), cancellationToken);
                foreach (var item in await rows(new AdminRows([.. owned.Select(resource => resource.Id)], null, Paging.Most)))
                {
                    byId[id(item)] = item;
                }
            }

            found.AddRange(next.Where(resource => byId.ContainsKey(resource.Id)).Select(resource => byId[resource.Id]));
            after = next.Count > 0 ? next[^1].Id : after;
        }
        while (found.Count < take && next.Count == Paging.Most);

        return found.Count <= take ? found : found[..take];
    }

    private sealed record Resource(Guid Id, Guid AffiliateId);
}
