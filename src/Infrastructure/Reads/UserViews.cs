using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Users;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class UserViews(DbSession db, Keyring keyring, AdminLists lists)
    : IUserViews, IRequestHandler<GetUser, UserView>, IRequestHandler<ListUsers, Page<UserView>>
{
    private const string Select = """
        select id, affiliate_id, email, name, role, status, max_concurrent,
               array(
                   select p.program_id
                   from user_programs p
                   where p.affiliate_id = u.affiliate_id and p.user_id = u.id
                   order by p.program_id) as program_ids,
               version, created_at, updated_at
        from users u
        """;

    public Task<UserView> Handle(GetUser query, CancellationToken cancellationToken) => ShowAsync(new(query.UserId), cancellationToken);

    public async Task<UserView> ShowAsync(UserId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The user");
        return row.Show(await keyring.OfAsync(row.AffiliateId, cancellationToken));
    }

    public Task<Page<UserView>> Handle(ListUsers query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition} and (@Role::text is null or role = @Role) and (@Status::text is null or status = @Status)
                and (@ProgramId::uuid is null or exists (
                    select from user_programs p where p.affiliate_id = u.affiliate_id and p.user_id = u.id and p.program_id = @ProgramId))
            order by id
            limit @Take
            """;

        return lists.ReadAsync<UserView>(
            AdminResources.User, query, query.AffiliateId, query.ProgramId,
            async wanted =>
            {
                var rows = await db.ListAsync<Row>(
                    sql, new { wanted.Ids, wanted.After, wanted.Take, query.Role, query.Status, query.ProgramId }, cancellationToken);
                var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
                return [.. rows.Select(row => row.Show(keys))];
            },
            view => view.Id, cancellationToken);
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, byte[] Email, byte[] Name, string Role, string Status, int MaxConcurrent, Guid[] ProgramIds,
        long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public UserView Show(AffiliateKeys keys)
        {
            var (email, name) = (keys.Fields.OpenTextOrNull(UserSecrets.Email(AffiliateId, Id), Email), StaffName.OpenOrNull(keys, Id, Name));
            return new UserView(
                Id, email ?? "", name ?? "", Role, AffiliateId == Guid.Empty ? null : AffiliateId, ProgramIds, Status, MaxConcurrent, Version, CreatedAt,
                UpdatedAt, Unreadable: email is null || name is null);
        }
    }
}
