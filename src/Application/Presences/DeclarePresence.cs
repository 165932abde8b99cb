using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;
using MediatR;

namespace Chat.Application.Presences;

/// <summary>Somebody says whether they are there. Who becomes available in a program that gives out its conversations is given whoever waits first.</summary>
[Requires(Permission.DeclarePresence)]
public sealed record DeclarePresence(string Status) : ICommand<PresenceView>;

internal sealed class DeclarePresenceValidator : AbstractValidator<DeclarePresence>
{
    public DeclarePresenceValidator() => RuleFor(command => command.Status).NotEmpty().MustBeOneOf(Wire.All<PresenceStatus>());
}

internal sealed class DeclarePresenceHandler(IPresences presences, IDueJobs jobs, Attendance attendance, ICaller caller, TimeProvider clock)
    : IRequestHandler<DeclarePresence, PresenceView>
{
    public async Task<PresenceView> Handle(DeclarePresence command, CancellationToken cancellationToken)
    {
        var (status, now) = (Wire.Value<PresenceStatus>(command.Status), clock.GetUtcNow());
        var before = await presences.GetForChangeAsync(caller.UserId, cancellationToken);
        await attendance.ArriveAsync(before, status, now, cancellationToken);
        if (status == PresenceStatus.Available && caller.May(Permission.TakeConversations))
        {
            foreach (var program in await presences.ProgramsAsync(caller.UserId, cancellationToken))
            {
                await jobs.ScheduleAsync(JobKind.Assign, program.Value, now, cancellationToken);
            }
        }

        return new PresenceView(status.Name(), Declared: true);
    }
}
