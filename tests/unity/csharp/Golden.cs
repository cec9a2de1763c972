using System;
using System.IO;
using Shelfway.Messages;

namespace Shelfway.Tests
{
    /// <summary>Golden files through the generated readers and writers.</summary>
    public static class Golden
    {
        /// <summary>Prints a line per file: its name, a tab, and the message as written anew.</summary>
        public static void Rewrite(string folder)
        {
            foreach (var path in Directory.GetFiles(folder, "*.json"))
            {
                var text = File.ReadAllText(path);
                var message = Read(text);
                if (message == null) throw new CheckFailed(path + ": its type is not known");
                Console.WriteLine(Path.GetFileName(path) + "\t" + JsonWriter.TextOf(message));
            }
        }

        /// <summary>Whatever is broken in a message, the only exception is WireException; prints how many were refused.</summary>
        public static void Break(string folder)
        {
            var random = new Random(20261124);
            int refused = 0, read = 0;
            foreach (var path in Directory.GetFiles(folder, "*.json"))
            {
                var text = File.ReadAllText(path);
                for (var round = 0; round < 150; round++)
                {
                    var letters = text.ToCharArray();
                    var cut = round % 3 == 0 ? random.Next(letters.Length) : letters.Length;
                    for (var change = 0; change < 1 + round % 4; change++)
                        letters[random.Next(letters.Length)] = "{}[]\",:0e-\\ntx\u0001"[random.Next(15)];
                    try
                    {
                        Read(new string(letters, 0, cut));
                        read++;
                    }
                    catch (WireException)
                    {
                        refused++;
                    }
                }
            }
            var deep = new string('[', 100000);
            Check.Throws<WireException>(() => Read("{\"type\":\"ask\",\"x\":" + deep), "100,000 brackets");
            Check.Throws<WireException>(() => ToClient.Read("{\"type\":\"progress\",\"revision\":1e400}"), "1e400");
            Check.Throws<WireException>(() => JsonWriter.TextOf(new Pose { EastM = double.NaN }), "a pose that is no number");
            Check.That(ToClient.Read("{\"type\":\"teleport\",\"to\":[1]}") == null, "an unknown type is no fault");
            Console.WriteLine(refused + " " + read);
        }

        private static IMessage Read(string text)
        {
            return ToClient.Read(text) ?? FromClient.Read(text);
        }
    }
}
