namespace Chat.Domain.Common;

/// <summary>Whether something that an admin runs is in use. What is inactive stays readable and takes nothing new.</summary>
public enum Status
{
    Active,
    Inactive,
}
