using FluentValidation;

namespace Chat.Application.Triage;

/// <summary>From when to when a report goes.</summary>
internal static class SpanOfTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void MustBeASpan<T>(
        this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, DateTimeOffset?>> from,
        System.Linq.Expressions.Expression<Func<T, DateTimeOffset?>> to)
    {
        var (begin, end) = (from.Compile(), to.Compile());
        validator.RuleFor(from).Must(IsOfOurTime).WithMessage("A time between 2000 and 2200.");
        validator.RuleFor(to).Must(IsOfOurTime).WithMessage("A time between 2000 and 2200.");
        validator.RuleFor(to).Must((query, _) => !(end(query) < begin(query))).WithMessage("Not before it begins.");
        validator.RuleFor(to).Must((query, _) => !(end(query) - begin(query) > Longest)).WithMessage("At most 366 days.");
    }

    private static bool IsOfOurTime(DateTimeOffset? time) => time is null || time.Value.UtcDateTime.Year is >= 2000 and < 2200;
}
