using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;
using Program = Chat.Domain.Programs.Program;

namespace Chat.Application.Programs;

/// <summary>An admin sets up a program.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record CreateProgram(
    Guid? AffiliateId, string Name, string? ShortCode, string? Description, string? Status,
    IReadOnlyDictionary<string, JsonElement>? Settings)
    : ICommand<ProgramView>, IOnce, IInAffiliate, IProgramForm;

internal sealed class CreateProgramValidator : AbstractValidator<CreateProgram>
{
    public CreateProgramValidator() => this.MustDescribeAProgram();
}

internal sealed class CreateProgramHandler(
    IProgramRepository programs, IAffiliateRepository affiliates, IProgramViews views, IUnitOfWork work, TimeProvider clock)
    : IRequestHandler<CreateProgram, ProgramView>
{
    public async Task<ProgramView> Handle(CreateProgram command, CancellationToken cancellationToken)
    {
        if (command.AffiliateId is null && work.Affiliate.IsPlatform)
        {
            throw Rules.Invalid(nameof(command.AffiliateId), "Say which affiliate the program is for.");
        }

        await affiliates.GetAsync(work.Affiliate, cancellationToken);
        var now = clock.GetUtcNow();
        var program = new Program(
            new(Guid.CreateVersion7(now)), command.Name.Trim(), command.ShortCode.Trimmed(), command.Description.Trimmed(),
            command.Status.Or(Status.Active), command.Settings?.Json() ?? "{}", version: 1, now, now);
        await programs.AddAsync(program, cancellationToken);
        return await views.ShowAsync(program.Id, cancellationToken);
    }
}
