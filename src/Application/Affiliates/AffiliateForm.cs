using Chat.Application.Common;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.Affiliates;

/// <summary>What a platform admin fills in for an affiliate.</summary>
public interface IAffiliateForm
{
    string Name { get; }

    string? Region { get; }

    string? TimeZone { get; }

    int? DataRetentionDays { get; }

    string? ContactEmail { get; }

    string? Status { get; }
}

internal static class AffiliateForm
{
    public const string DefaultTimeZone = "Etc/UTC";
    public const int DefaultRetentionDays = 365;

    public static void MustDescribeAnAffiliate<T>(this AbstractValidator<T> validator)
        where T : IAffiliateForm
    {
        validator.RuleFor(form => form.Name).MustBeAName();
        validator.RuleFor(form => form.Region).MustBeALine(100);
        validator.RuleFor(form => form.TimeZone).MustBeATimeZone();
        validator.RuleFor(form => form.DataRetentionDays).InclusiveBetween(1, 36_500);
        validator.RuleFor(form => form.ContactEmail).MustBeAnEmailAddress();
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
    }
}
