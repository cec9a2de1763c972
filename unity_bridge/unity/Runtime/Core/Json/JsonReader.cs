using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Shelfway
{
    /// <summary>
    /// Reads JSON (RFC 8259) from one text, value by value, as the caller asks for it. Numbers are read in the invariant
    /// culture. Nesting is limited to 64, as no message is deeper. Throws <see cref="WireException"/> for anything else.
    /// </summary>
    public sealed class JsonReader
    {
        private const int DeepestNesting = 64;
        private readonly string text;
        private readonly StringBuilder piece = new StringBuilder();
        private int at;
        private int depth;
        private bool first;

        public JsonReader(string text)
        {
            this.text = text ?? throw new ArgumentNullException(nameof(text));
        }

        /// <summary>Where reading stands, in characters.</summary>
        public int At { get { return at; } }

        public void BeginObject()
        {
            Expect('{');
            Enter();
        }

        /// <summary>The name of the next field, its value comes next; false at the object's end.</summary>
        public bool NextName(out string name)
        {
            name = null;
            if (!NextInside('}')) return false;
            name = String();
            Expect(':');
            return true;
        }

        public List<T> List<T>(Func<JsonReader, T> item)
        {
            var list = new List<T>();
            Expect('[');
            Enter();
            while (NextInside(']')) list.Add(item(this));
            return list;
        }

        public Dictionary<string, T> Map<T>(Func<JsonReader, T> value)
        {
            var map = new Dictionary<string, T>();
            string name;
            BeginObject();
            while (NextName(out name)) map[name] = value(this);
            return map;
        }

        /// <summary>An array of exactly this many numbers.</summary>
        public double[] Tuple(int count)
        {
            var values = new double[count];
            var i = 0;
            Expect('[');
            Enter();
            while (NextInside(']'))
            {
                if (i == count) throw Fault("more than " + count + " numbers");
                values[i++] = Double();
            }
            if (i < count) throw Fault("fewer than " + count + " numbers");
            return values;
        }

        /// <summary>Takes a null if one comes; false when a value comes.</summary>
        public bool TryNull()
        {
            if (Peek() != 'n') return false;
            Word("null");
            return true;
        }

        public bool Bool()
        {
            var isTrue = Peek() == 't';
            Word(isTrue ? "true" : "false");
            return isTrue;
        }

        public double Double()
        {
            var start = at;
            var digits = NumberText();
            double value;
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                || double.IsInfinity(value) || double.IsNaN(value))
                throw new WireException("no number: " + digits, start);
            return value;
        }

        public long Long()
        {
            var start = at;
            var digits = NumberText();
            long value;
            if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return value;
            double real; // 3.0 and 3e2 are integers too
            if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out real)
                && Math.Floor(real) == real && Math.Abs(real) < 9007199254740992.0)
                return (long)real;
            throw new WireException("no integer: " + digits, start);
        }

        public int Int()
        {
            var start = at;
            var value = Long();
            if (value < int.MinValue || value > int.MaxValue) throw new WireException("integer out of range: " + value, start);
            return (int)value;
        }

        public string String()
        {
            Expect('"');
            piece.Length = 0;
            while (true)
            {
                if (at >= text.Length) throw Fault("text without an end");
                var c = text[at++];
                if (c == '"') return piece.ToString();
                if (c < ' ') throw Fault("control character in text");
                piece.Append(c == '\\' ? Escaped() : c);
            }
        }

        /// <summary>Passes over one value of any kind.</summary>
        public void Skip()
        {
            string name;
            switch (Peek())
            {
                case '{':
                    BeginObject();
                    while (NextName(out name)) Skip();
                    break;
                case '[':
                    Expect('[');
                    Enter();
                    while (NextInside(']')) Skip();
                    break;
                case '"': String(); break;
                case 't': Word("true"); break;
                case 'f': Word("false"); break;
                case 'n': Word("null"); break;
                default: Double(); break;
            }
        }

        /// <summary>The `type` of the object that comes, without taking it; an empty text when it has none.</summary>
        public string PeekType()
        {
            var type = "";
            LookAhead(name =>
            {
                if (name == "type" && Peek() == '"') type = String();
                else Skip();
            });
            return type;
        }

        /// <summary>Whether the object that comes has all these fields; it is not taken.</summary>
        public bool PeekHas(params string[] names)
        {
            var found = new HashSet<string>();
            LookAhead(name =>
            {
                found.Add(name);
                Skip();
            });
            return found.IsSupersetOf(names);
        }

        /// <summary>Nothing but white space may follow.</summary>
        public void End()
        {
            Blank();
            if (at < text.Length) throw Fault("more after the end");
        }

        private void LookAhead(Action<string> field)
        {
            var before = at;
            var beforeDepth = depth;
            var beforeFirst = first;
            string name;
            BeginObject();
            while (NextName(out name)) field(name);
            at = before;
            depth = beforeDepth;
            first = beforeFirst;
        }

        private void Enter()
        {
            if (++depth > DeepestNesting) throw Fault("nested deeper than " + DeepestNesting);
            first = true;
        }

        /// <summary>False when the bracket closes here; else the comma has been passed.</summary>
        private bool NextInside(char close)
        {
            if (Peek() == close)
            {
                at++;
                depth--;
                first = false;
                return false;
            }
            if (!first) Expect(',');
            first = false;
            return true;
        }

        private char Escaped()
        {
            if (at >= text.Length) throw Fault("text without an end");
            var c = text[at++];
            switch (c)
            {
                case '"': case '\\': case '/': return c;
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'u':
                    ushort code;
                    if (at + 4 > text.Length || !ushort.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture, out code)) throw Fault("no \\u escape");
                    at += 4;
                    return (char)code;
                default: throw Fault("unknown escape \\" + c);
            }
        }

        private string NumberText()
        {
            Blank();
            var start = at;
            while (at < text.Length && "+-.0123456789eE".IndexOf(text[at]) >= 0) at++;
            if (at == start) throw Fault("no number");
            return text.Substring(start, at - start);
        }

        private void Word(string word)
        {
            Blank();
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0) throw Fault("expected " + word);
            at += word.Length;
        }

        private void Expect(char c)
        {
            if (Peek() != c) throw Fault("expected " + c);
            at++;
        }

        private char Peek()
        {
            Blank();
            return at < text.Length ? text[at] : '\0';
        }

        private void Blank()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) at++;
        }

        private WireException Fault(string what)
        {
            return new WireException(what, at);
        }
    }
}
