using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Triage;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class TryTriageHandler(DbSession db, ITriageRules rules) : IRequestHandler<TryTriage, TriedMessage>
{
    public async Task<TriedMessage> Handle(TryTriage query, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from programs where id = @ProgramId)";

        if (query.ProgramId is not null && !await db.FindAsync<bool>(sql, new { query.ProgramId }, cancellationToken))
        {
            throw new NotFoundException("The program");
        }

        var program = new ProgramId(query.ProgramId ?? Guid.Empty);
        var engine = (query.InShadow ? rules.ShadowOf(db.Affiliate, program) : null) ?? rules.Of(db.Affiliate, program);
        var assessment = engine.Assess(TriageMemory.Empty, query.Text, 1, query.Language);
        return new TriedMessage(
            assessment.Level.Name(), assessment.Version, query.Language ?? assessment.Memory.Language,
            [.. assessment.Reasons.Select(reason => new TriedReason(reason.Rule, reason.Level.Name(), reason.Start, reason.Length, reason.Phrase!))],
            assessment.Topics);
    }
}
