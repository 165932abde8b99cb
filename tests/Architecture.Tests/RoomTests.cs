using System.Reflection;
using Chat.Application.Common;
using Chat.Domain.Conversations;
using FluentValidation;
using MediatR;

namespace Chat.Architecture.Tests;

/// <summary>The house's own rules: which room knows which, and what every use case carries.</summary>
public sealed class RoomTests
{
    private static readonly Assembly Domain = typeof(Conversation).Assembly;
    private static readonly Assembly Application = typeof(Permission).Assembly;
    private static readonly Assembly Infrastructure = typeof(Chat.Infrastructure.DependencyInjection).Assembly;
    private static readonly Assembly Api = typeof(Program).Assembly;

    [Fact]
    public void Domain_knows_nothing_but_the_language() =>
        Assert.All(Domain.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Application_knows_Domain_and_the_two_libraries_of_use_cases() => AssertKnowsOnly(
        Application, "System.", "Chat.Domain", "MediatR", "FluentValidation", "Microsoft.Extensions.DependencyInjection.Abstractions");

    [Fact]
    public void Infrastructure_does_not_know_the_Api() =>
        Assert.DoesNotContain(Infrastructure.GetReferencedAssemblies(), reference => reference.Name == "Chat.Api");

    [Fact]
    public void The_Api_reaches_no_database_of_its_own() =>
        Assert.DoesNotContain(Api.GetReferencedAssemblies(), reference => reference.Name is "Dapper");

    public static TheoryData<Type> UseCases() => [.. Application.GetTypes().Where(type => !type.IsInterface && IsUseCase(type))];

    [Theory]
    [MemberData(nameof(UseCases))]
    public void Every_use_case_says_which_permission_it_requires(Type useCase) => Assert.NotNull(useCase.GetCustomAttribute<RequiresAttribute>());

    [Theory]
    [MemberData(nameof(UseCases))]
    public void Every_use_case_has_exactly_one_handler(Type useCase) =>
        Assert.Single(Handlers(), handler => handler.GetInterfaces().Any(role => IsHandler(role) && role.GetGenericArguments()[0] == useCase));

    public static TheoryData<string> AuditedActions() =>
    [
        .. Application.GetTypes()
            .Where(type => !type.IsInterface && (typeof(IAuditedRead).IsAssignableFrom(type) || type.GetInterfaces().Any(role => Is(role, typeof(ICommand<>)))))
            .Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(AuditedActions))]
    public void Every_audited_action_is_told_in_words(string action)
    {
        var words = File.ReadAllText(Path.Combine(Repository.Root, "spa", "src", "features", "audit", "actions.ts"));

        Assert.Matches($@"(?m)^ +{action}: '", words);
    }

    [Fact]
    public void Handlers_and_validators_are_internal_and_sealed()
    {
        var validators = Application.GetTypes().Where(type => typeof(IValidator).IsAssignableFrom(type) && !type.IsAbstract);

        Assert.All(Handlers().Concat(validators), type => Assert.True(type.IsSealed && !type.IsPublic, type.FullName));
    }

    [Fact]
    public void No_handler_calls_another() =>
        Assert.All(
            Handlers(),
            handler => Assert.DoesNotContain(
                handler.GetConstructors().SelectMany(constructor => constructor.GetParameters()),
                parameter => parameter.ParameterType == typeof(IMediator) || IsHandler(parameter.ParameterType)));

    [Fact]
    public void A_query_is_answered_beside_its_SQL_and_a_command_is_decided_in_Application() =>
        Assert.All(
            Application.GetTypes().Where(type => !type.IsInterface && type.GetInterfaces().Any(role => Is(role, typeof(ICommand<>)))),
            command => Assert.Contains(
                Application.GetTypes(), type => type.GetInterfaces().Any(role => IsHandler(role) && role.GetGenericArguments()[0] == command)));

    [Fact]
    public void Ports_are_interfaces_in_one_folder()
    {
        // What only says what a record is made of is no door to anywhere.
        var ports = Application.GetTypes().Where(type => type.IsInterface && type.GetMethods().Any(method => !method.IsSpecialName));

        Assert.All(ports, port => Assert.Equal("Chat.Application.Ports", port.Namespace));
    }

    [Fact]
    public void Every_event_has_a_wire_name() =>
        Assert.All(
            Domain.GetTypes().Where(type => type.IsSubclassOf(typeof(ConversationEvent)) && !type.IsAbstract),
            happened => Assert.True(Chat.Infrastructure.Messaging.EventNames.Knows(happened), happened.Name));

    [Fact]
    public void Events_carry_no_text() =>
        Assert.All(
            Domain.GetTypes().Where(type => type.IsSubclassOf(typeof(ConversationEvent))).SelectMany(type => type.GetProperties()),
            property => Assert.True(property.PropertyType != typeof(string) || property.Name is "ErrorCode" or "ReferenceNumber", $"{property.DeclaringType!.Name}.{property.Name}"));

    private static IEnumerable<Type> Handlers() =>
        Application.GetTypes().Concat(Infrastructure.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(IsHandler));

    private static bool IsUseCase(Type type) => type.GetInterfaces().Any(role => Is(role, typeof(IUseCase<>)));

    private static bool IsHandler(Type type) => Is(type, typeof(IRequestHandler<,>));

    private static bool Is(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;

    private static void AssertKnowsOnly(Assembly room, params string[] known) =>
        Assert.All(
            room.GetReferencedAssemblies(),
            reference => Assert.True(Array.Exists(known, name => reference.Name!.StartsWith(name, StringComparison.Ordinal)), $"{room.GetName().Name} knows {reference.Name}"));
}
