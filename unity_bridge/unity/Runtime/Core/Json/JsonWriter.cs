using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Shelfway
{
    /// <summary>Writes JSON in the invariant culture. Throws <see cref="WireException"/> for a number that JSON has not.</summary>
    public sealed class JsonWriter
    {
        private readonly StringBuilder text = new StringBuilder();
        private bool afterValue;

        /// <summary>The text of one message, as it goes on the wire.</summary>
        public static string TextOf(IPart part)
        {
            var to = new JsonWriter();
            part.Write(to);
            return to.text.ToString();
        }

        public void BeginObject()
        {
            Open('{');
        }

        public void EndObject()
        {
            Close('}');
        }

        public void Name(string name)
        {
            String(name);
            text.Append(':');
            afterValue = false;
        }

        public void Null()
        {
            Raw("null");
        }

        public void Bool(bool? value)
        {
            Raw(value == null ? "null" : value.Value ? "true" : "false");
        }

        public void Long(long? value)
        {
            Raw(value == null ? "null" : value.Value.ToString(CultureInfo.InvariantCulture));
        }

        public void Double(double? value)
        {
            Raw(value == null ? "null" : Digits(value.Value));
        }

        public void String(string value)
        {
            if (value == null)
            {
                Null();
                return;
            }
            Comma();
            text.Append('"');
            foreach (var c in value)
            {
                if (c == '"' || c == '\\') text.Append('\\').Append(c);
                else if (c < ' ') text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                else text.Append(c);
            }
            text.Append('"');
            afterValue = true;
        }

        public void Part(IPart part)
        {
            if (part == null) Null();
            else part.Write(this);
        }

        public void List<T>(List<T> items, Action<JsonWriter, T> write)
        {
            Open('[');
            if (items != null)
                foreach (var item in items) write(this, item);
            Close(']');
        }

        public void Map<T>(Dictionary<string, T> map, Action<JsonWriter, T> write)
        {
            Open('{');
            if (map != null)
                foreach (var pair in map)
                {
                    Name(pair.Key);
                    write(this, pair.Value);
                }
            Close('}');
        }

        public void Tuple(double[] values, int count)
        {
            if (values == null || values.Length != count) throw new WireException("expected an array of " + count + " numbers");
            Open('[');
            foreach (var value in values) Double(value);
            Close(']');
        }

        private static string Digits(double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value)) throw new WireException("JSON has no number " + value);
            var shortest = value.ToString("R", CultureInfo.InvariantCulture);
            // "R" loses a bit of some numbers on older runtimes
            return double.Parse(shortest, CultureInfo.InvariantCulture) == value
                ? shortest
                : value.ToString("G17", CultureInfo.InvariantCulture);
        }

        private void Open(char bracket)
        {
            Comma();
            text.Append(bracket);
            afterValue = false;
        }

        private void Close(char bracket)
        {
            text.Append(bracket);
            afterValue = true;
        }

        private void Raw(string value)
        {
            Comma();
            text.Append(value);
            afterValue = true;
        }

        private void Comma()
        {
            if (afterValue) text.Append(',');
        }
    }
}
