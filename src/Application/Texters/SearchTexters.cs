using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Texters;

/// <summary>Finds the texter with a telephone number, where the caller may see them. The number goes in the body: it stands in no address and no log.</summary>
[Requires(Permission.ReadConversations)]
public sealed record SearchTexters(string Phone) : IQuery<TextersFound>, IAuditedRead;

public sealed record TextersFound(IReadOnlyList<TexterView> Items);

internal sealed class SearchTextersValidator : AbstractValidator<SearchTexters>
{
    public SearchTextersValidator() => RuleFor(query => query.Phone).NotEmpty().MustBeALine(100);
}
