using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Programs;

namespace Chat.Infrastructure.Persistence;

internal sealed class ProgramDirectory(DbSession db) : IProgramFacts
{
    public async Task<ProgramFacts> GetAsync(ProgramId program, CancellationToken cancellationToken)
    {
        const string sql = """
            select p.name, p.status = 'active' as is_active, p.settings::text as settings, a.time_zone
            from programs p
            join affiliates a on a.id = p.affiliate_id
            where p.id = @program
            """;

        var row = await db.FindAsync<Row>(sql, new { program }, cancellationToken) ?? throw new NotFoundException("The program");
        var settings = ProgramSettings.Read(row.Settings);
        return new ProgramFacts(program, row.Name, row.IsActive, settings, settings.TimeZone ?? row.TimeZone, settings.HoursIn(row.TimeZone));
    }

    private sealed record Row(string Name, bool IsActive, string Settings, string TimeZone);
}
