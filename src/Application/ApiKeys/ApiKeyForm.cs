using System.Net;
using Chat.Application.Common;
using Chat.Domain.ApiKeys;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.ApiKeys;

/// <summary>What an admin fills in for a partner's key.</summary>
public interface IApiKeyForm
{
    string Name { get; }

    IReadOnlyList<string>? Scopes { get; }

    IReadOnlyList<string>? Networks { get; }

    DateTimeOffset? ExpiresAt { get; }
}

internal static class ApiKeyForm
{
    private const int MostNetworks = 50;

    public static void MustDescribeAKey<T>(this AbstractValidator<T> validator)
        where T : IApiKeyForm
    {
        validator.RuleFor(form => form.Name).MustBeAName();
        validator.RuleFor(form => form.Scopes).NotEmpty().WithMessage($"At least one of {string.Join(", ", Wire.All<ApiScope>())}.");
        validator.RuleForEach(form => form.Scopes).NotNull().MustBeOneOf(Wire.All<ApiScope>());
        validator.RuleFor(form => form.Networks).Must(networks => networks is null || networks.Count <= MostNetworks).WithMessage($"At most {MostNetworks}.");
        validator.RuleForEach(form => form.Networks).Must(IsNetwork).WithMessage("A network, such as 192.0.2.0/24, or an address.");
    }

    /// <summary>Each scope once, in the order in which they are declared.</summary>
    public static string[] Tidy(this IReadOnlyList<string> scopes) => [.. Wire.All<ApiScope>().Where(scopes.Contains)];

    public static void MustLieAhead(this IApiKeyForm form, DateTimeOffset now)
    {
        if (form.ExpiresAt <= now)
        {
            throw Rules.Invalid(nameof(form.ExpiresAt), "It lies in the past.");
        }
    }

    private static bool IsNetwork(string? text) => text is { Length: <= 60 } && (IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _));
}
