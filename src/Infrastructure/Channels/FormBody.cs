using System.Text;

namespace Chat.Infrastructure.Channels;

/// <summary>One field of a form: what its sender meant, byte for byte.</summary>
internal readonly record struct FormField(byte[] Name, byte[] Value);

/// <summary>
/// A form as it was sent: every field in its order, names with their case, doubles apart. The framework's reader folds case, joins doubles
/// and fails on a NUL or on the 1,025th field; a signature is over what was sent, and a texter's message must not be lost over its form.
/// </summary>
internal sealed class FormBody
{
    private FormBody(IReadOnlyList<FormField> fields) => Fields = fields;

    public IReadOnlyList<FormField> Fields { get; }

    /// <summary>Reads any bytes whatever: what is no form gives fields that nobody asks for.</summary>
    public static FormBody Read(ReadOnlySpan<byte> body)
    {
        var fields = new List<FormField>();
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            if (field.IsEmpty)
            {
                continue;
            }

            var equals = field.IndexOf((byte)'=');
            fields.Add(equals < 0 ? new FormField(Decode(field), []) : new FormField(Decode(field[..equals]), Decode(field[(equals + 1)..])));
        }

        return new FormBody(fields);
    }

    /// <summary>The first field of exactly this name, as text: bytes that are no UTF-8 become U+FFFD.</summary>
    public string? Text(string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        foreach (var field in Fields)
        {
            if (field.Name.AsSpan().SequenceEqual(wanted))
            {
                return Encoding.UTF8.GetString(field.Value);
            }
        }

        return null;
    }

    private static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[encoded.Length];
        var length = 0;
        for (var index = 0; index < encoded.Length; index++)
        {
            var next = encoded[index];
            if (next == '+')
            {
                next = (byte)' ';
            }
            else if (next == '%' && encoded[(index + 1)..] is [var high, var low, ..] && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low))
            {
                next = (byte)((Nibble(high) << 4) | Nibble(low));
                index += 2;
            }

            decoded[length++] = next;
        }

        return decoded[..length];
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
