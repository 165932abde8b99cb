using MediatR;

namespace Chat.Application.Common;

/// <summary>Every use case, asked or commanded, passes the pipeline.</summary>
public interface IUseCase<out TResponse> : IRequest<TResponse>;

/// <summary>Changes something. Its record is the audit entry's action.</summary>
public interface ICommand<out TResponse> : IUseCase<TResponse>;

/// <summary>Only asks.</summary>
public interface IQuery<out TResponse> : IUseCase<TResponse>;

/// <summary>A question that is put on record: who looked into what somebody said before.</summary>
public interface IAuditedRead;

/// <summary>Shows what people said or what is noted of them. Who reads it is put on record, once an hour for each reader.</summary>
public interface IReadsWords
{
    /// <summary>What is read, as the record calls it, and of whom or what.</summary>
    (string Action, Guid Subject) Reading { get; }
}

/// <summary>Shows what was said in a conversation.</summary>
public interface IReadsConversation : IReadsWords
{
    Guid ConversationId { get; }

    (string Action, Guid Subject) IReadsWords.Reading => ("ReadConversation", ConversationId);
}

/// <summary>A command whose answer is remembered under the caller's Idempotency-Key, so that a repeated request is answered and not repeated.</summary>
public interface IOnce;

/// <summary>About something that an admin manages: a platform admin belongs to no affiliate, so the thing itself says whose it is.</summary>
public interface IAboutResource
{
    Guid ResourceId { get; }
}

/// <summary>Makes or lists something in an affiliate: an affiliate's admin means their own, a platform admin names one.</summary>
public interface IInAffiliate
{
    Guid? AffiliateId { get; }
}

/// <summary>Runs for one affiliate on the system's own behalf.</summary>
public interface IForAffiliate
{
    Domain.Common.AffiliateId Affiliate { get; }
}

/// <summary>What a caller must be allowed to do before a use case runs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

/// <summary>Nothing: a command that has nothing to tell.</summary>
public readonly record struct Done;
