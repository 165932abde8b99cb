using System.Text.Json;
using Chat.Application.Common;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.Channels;

/// <summary>What an admin fills in for a channel.</summary>
public interface IChannelForm
{
    Guid ProgramId { get; }

    string? Provider { get; }

    string Address { get; }

    IReadOnlyDictionary<string, string?>? Credentials { get; }

    IReadOnlyDictionary<string, JsonElement>? Settings { get; }

    string? Status { get; }
}

internal static class ChannelForm
{
    public static void MustDescribeAChannel<T>(this AbstractValidator<T> validator)
        where T : IChannelForm
    {
        validator.RuleFor(form => form.ProgramId).NotEmpty();
        validator.RuleFor(form => form.Provider).Cascade(CascadeMode.Stop).MustBeOneOf(Wire.All<Provider>())
            .Must(word => word is null || ChannelShape.Of(Wire.Value<Provider>(word)) is not null)
            .WithMessage($"This release speaks {string.Join(", ", ChannelShape.Spoken)}.");
        validator.RuleFor(form => form.Address).NotEmpty();
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
    }

    /// <summary>The settings that say something.</summary>
    public static string Kept(this IReadOnlyDictionary<string, JsonElement> settings) =>
        settings.Where(member => member.Value.ValueKind != JsonValueKind.Null).ToDictionary().Json();
}
