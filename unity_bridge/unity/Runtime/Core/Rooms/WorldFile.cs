using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace Shelfway
{
    /// <summary>Something in a world that can be touched, where it stands in glTF's axes, metres.</summary>
    public sealed class WorldThing
    {
        /// <summary>title, quote, portal, …</summary>
        public string Kind = "";
        /// <summary>Of a portal: record or shelf.</summary>
        public string To = "";
        public string RecordId = "";
        public string Title = "";
        public string Text = "";
        public string Source = "";
        public Vec3 At;
    }

    /// <summary>
    /// The file of a world, looked at before anything of it is shown: whole, the one that was promised, glTF 2.0, not too
    /// big, and with a scene. Reading it tells what can be touched in it.
    /// </summary>
    public sealed class WorldFile
    {
        public const int MostBytes = 64 * 1024 * 1024;
        private const int MostNodes = 20000;
        private const uint Magic = 0x46546C67, JsonChunk = 0x4E4F534A;
        private List<Node> nodes = new List<Node>();
        private List<int> roots = new List<int>();
        private int scenes;
        private string version = "";

        private WorldFile() { }

        public readonly List<WorldThing> Things = new List<WorldThing>();

        /// <summary>Read and check. Throws WireException, with what is wrong, when the world must not be shown.</summary>
        /// <param name="sha256">As `world_ready` tells it, hex; empty: not compared.</param>
        public static WorldFile Read(byte[] bytes, string sha256)
        {
            if (bytes == null || bytes.Length < 20) throw new WireException("the file is shorter than a glTF header");
            if (bytes.Length > MostBytes) throw new WireException("the file has " + bytes.Length + " bytes, more than " + MostBytes);
            if (BitConverter.ToUInt32(bytes, 0) != Magic) throw new WireException("the file is no binary glTF");
            if (BitConverter.ToUInt32(bytes, 4) != 2) throw new WireException("the file is glTF of another version than 2");
            if (BitConverter.ToUInt32(bytes, 8) != bytes.Length)
                throw new WireException("the file says it has " + BitConverter.ToUInt32(bytes, 8) + " bytes, but has " + bytes.Length);
            if (sha256.Length > 0 && !string.Equals(Hash(bytes), sha256, StringComparison.OrdinalIgnoreCase))
                throw new WireException("the file is not the one that was promised: its hash is another");
            long length = BitConverter.ToUInt32(bytes, 12);
            if (BitConverter.ToUInt32(bytes, 16) != JsonChunk || 20 + length > bytes.Length)
                throw new WireException("the file does not begin with its description");
            var file = new WorldFile();
            file.ReadDescription(new JsonReader(Encoding.UTF8.GetString(bytes, 20, (int)length)));
            if (file.version != "2.0") throw new WireException("the description is of glTF \"" + file.version + "\"");
            if (file.scenes == 0 || file.roots.Count == 0) throw new WireException("the file has no scene");
            foreach (var root in file.roots) file.Place(root, Pose.Identity, 0);
            return file;
        }

        private static string Hash(byte[] bytes)
        {
            using (var sha = SHA256.Create())
            {
                var text = new StringBuilder(64);
                foreach (var value in sha.ComputeHash(bytes)) text.Append(value.ToString("x2"));
                return text.ToString();
            }
        }

        private void ReadDescription(JsonReader from)
        {
            string name;
            var scene = 0;
            var perScene = new List<List<int>>();
            from.BeginObject();
            while (from.NextName(out name))
            {
                switch (name)
                {
                    case "asset": ReadAsset(from); break;
                    case "scene": scene = from.Int(); break;
                    case "scenes": perScene = from.List(ReadScene); break;
                    case "nodes": nodes = from.List(ReadNode); break;
                    default: from.Skip(); break;
                }
            }
            scenes = perScene.Count;
            if (nodes.Count > MostNodes) throw new WireException("the file has " + nodes.Count + " nodes, more than " + MostNodes);
            if (scene >= 0 && scene < scenes) roots = perScene[scene];
        }

        private void ReadAsset(JsonReader from)
        {
            string name;
            from.BeginObject();
            while (from.NextName(out name))
            {
                if (name == "version") version = from.String();
                else from.Skip();
            }
        }

        private static List<int> ReadScene(JsonReader from)
        {
            string name;
            var members = new List<int>();
            from.BeginObject();
            while (from.NextName(out name))
            {
                if (name == "nodes") members = from.List(one => one.Int());
                else from.Skip();
            }
            return members;
        }

        private static Node ReadNode(JsonReader from)
        {
            string name;
            var node = new Node();
            from.BeginObject();
            while (from.NextName(out name))
            {
                switch (name)
                {
                    case "translation": node.Translation = from.Tuple(3); break;
                    case "rotation": node.Rotation = from.Tuple(4); break;
                    case "scale": node.Scale = from.Tuple(3); break;
                    case "children": node.Children = from.List(one => one.Int()); break;
                    case "extras": ReadExtras(from, node); break;
                    default: from.Skip(); break;
                }
            }
            return node;
        }

        private static void ReadExtras(JsonReader from, Node node)
        {
            string name;
            from.BeginObject();
            while (from.NextName(out name))
            {
                if (name == "hotspot") node.Thing = ReadThing(from);
                else from.Skip();
            }
        }

        private static WorldThing ReadThing(JsonReader from)
        {
            string name;
            var thing = new WorldThing();
            from.BeginObject();
            while (from.NextName(out name))
            {
                if (from.TryNull()) continue;
                switch (name)
                {
                    case "kind": thing.Kind = from.String(); break;
                    case "to": thing.To = from.String(); break;
                    case "record_id": thing.RecordId = from.String(); break;
                    case "title": thing.Title = from.String(); break;
                    case "text": thing.Text = from.String(); break;
                    case "source": thing.Source = from.String(); break;
                    default: from.Skip(); break;
                }
            }
            return thing;
        }

        /// <summary>Where the things stand that hang under a node. A node that hangs under itself is refused.</summary>
        private void Place(int index, Pose parent, int depth)
        {
            if (index < 0 || index >= nodes.Count) throw new WireException("the file names node " + index + ", which it has not");
            var node = nodes[index];
            if (depth > 64 || node.IsPlaced) throw new WireException("the file's nodes hang in a circle or too deep");
            node.IsPlaced = true;
            var pose = parent.Then(node.Translation, node.Rotation, node.Scale);
            if (node.Thing != null)
            {
                node.Thing.At = pose.At;
                Things.Add(node.Thing);
            }
            foreach (var child in node.Children) Place(child, pose, depth + 1);
        }

        private sealed class Node
        {
            public double[] Translation = { 0, 0, 0 };
            public double[] Rotation = { 0, 0, 0, 1 };
            public double[] Scale = { 1, 1, 1 };
            public List<int> Children = new List<int>();
            public WorldThing Thing;
            public bool IsPlaced;
        }

        private sealed class Pose
        {
            public static readonly Pose Identity = new Pose();
            public Vec3 At;
            private double[] turn = { 0, 0, 0, 1 };
            private double[] size = { 1, 1, 1 };

            public Pose Then(double[] move, double[] rotation, double[] scale)
            {
                var moved = Turned(new Vec3(move[0] * size[0], move[1] * size[1], move[2] * size[2]));
                return new Pose
                {
                    At = new Vec3(At.X + moved.X, At.Y + moved.Y, At.Z + moved.Z),
                    turn = Product(turn, rotation),
                    size = new[] { size[0] * scale[0], size[1] * scale[1], size[2] * scale[2] },
                };
            }

            private Vec3 Turned(Vec3 v)
            {
                double x = turn[0], y = turn[1], z = turn[2], w = turn[3];
                double tx = 2 * (y * v.Z - z * v.Y), ty = 2 * (z * v.X - x * v.Z), tz = 2 * (x * v.Y - y * v.X);
                return new Vec3(v.X + w * tx + y * tz - z * ty, v.Y + w * ty + z * tx - x * tz, v.Z + w * tz + x * ty - y * tx);
            }

            private static double[] Product(double[] a, double[] b)
            {
                return new[]
                {
                    a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
                    a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
                    a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
                    a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
                };
            }
        }
    }
}
