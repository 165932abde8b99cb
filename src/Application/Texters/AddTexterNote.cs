using Chat.Application.Common;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Domain.Messages;
using FluentValidation;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>Staff write a note about a texter that outlives the conversation.</summary>
[Requires(Permission.WriteNotes)]
public sealed record AddTexterNote(Guid TexterId, string Content) : ICommand<TexterView>, IOnce;

internal sealed class AddTexterNoteValidator : AbstractValidator<AddTexterNote>
{
    public AddTexterNoteValidator() =>
        RuleFor(command => command.Content).Must(MessageText.IsSaid).WithMessage("Write something.").MaximumLength(AddNote.Longest);
}

internal sealed class AddTexterNoteHandler(ITexterFiles files, ITexterViews views, ICaller caller, TimeProvider clock) : IRequestHandler<AddTexterNote, TexterView>
{
    public async Task<TexterView> Handle(AddTexterNote command, CancellationToken cancellationToken)
    {
        await files.RequireSeenAsync(new(command.TexterId), cancellationToken);
        await files.AddNoteAsync(new(command.TexterId), MessageText.Clean(command.Content), caller.UserId, clock.GetUtcNow(), cancellationToken);
        return await views.ShowAsync(new(command.TexterId), cancellationToken);
    }
}
