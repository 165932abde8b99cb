using FluentValidation;

namespace Chat.Application.Common;

/// <summary>One page of a list, and where the next one begins; null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

public static class Page
{
    /// <summary>Makes a page out of one row more than was asked for: the one too many says that there is a next page.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> cursor) =>
        rows.Count <= limit ? new Page<T>(rows, null) : new Page<T>(rows.Take(limit).ToList(), cursor(rows[limit - 1]));
}

/// <summary>A list that is read by pages.</summary>
public interface IPaged
{
    int? Limit { get; }

    string? Cursor { get; }
}

public static class Paging
{
    public const int Default = 50;
    public const int Most = 200;

    public static int Size(this IPaged query) => query.Limit ?? Default;

    /// <summary>The id after which the page begins. Lists are in the order of ids, which is the order of time.</summary>
    public static Guid? After(this IPaged query) => query.Cursor is { } cursor ? Guid.ParseExact(cursor, "N") : null;

    public static string CursorOf(Guid id) => id.ToString("N");

    public static void MustBePaged<T>(this AbstractValidator<T> validator)
        where T : IPaged
    {
        validator.RuleFor(query => query.Limit).InclusiveBetween(1, Most).OverridePropertyName("limit");
        validator.RuleFor(query => query.Cursor).Must(cursor => cursor is null || Guid.TryParseExact(cursor, "N", out _))
            .WithMessage("Take the cursor from nextCursor of the page before.").OverridePropertyName("cursor");
    }
}
