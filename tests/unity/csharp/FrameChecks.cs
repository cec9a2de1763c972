using System;
using System.Collections.Generic;
using System.IO;

namespace Shelfway.Tests
{
    /// <summary>Golden points and headings, shared with Python.</summary>
    public static class FrameChecks
    {
        public static void Run(string path)
        {
            var from = new JsonReader(File.ReadAllText(path));
            string name;
            var count = 0;
            from.BeginObject();
            while (from.NextName(out name))
            {
                if (name != "points" && name != "headings")
                {
                    from.Skip();
                    continue;
                }
                foreach (var row in from.List(r => r.Map(v => v.At >= 0 ? Values(v) : null)))
                {
                    if (name == "points") Point(row);
                    else Heading(row);
                    count++;
                }
            }
            Check.Near(180, Frames.ModelRootYawDeg, "the root of loaded models");
            Check.Near(-90, Frames.Between(45, 315), "turn left over north");
            Check.Near(180, Frames.Between(0, 180), "about turn");
            Check.Near(0, Frames.Turned(-1e-16), "a hair below north is north");
            Console.WriteLine(count);
        }

        private static double[] Values(JsonReader from)
        {
            try
            {
                return from.Tuple(3);
            }
            catch (WireException)
            {
                return new[] { from.Double() };
            }
        }

        private static void Point(Dictionary<string, double[]> row)
        {
            Vec3 map = Of(row["map"]), gltf = Of(row["gltf"]), unity = Of(row["unity"]);
            Same(unity, Frames.MapToUnity(map), "map to Unity");
            Same(map, Frames.UnityToMap(unity), "Unity to map");
            Same(gltf, Frames.MapToGltf(map), "map to glTF");
            Same(map, Frames.GltfToMap(gltf), "glTF to map");
            Same(unity, Frames.LoadedUnderRoot(gltf), "a file loaded under the turned root lies on the map");
        }

        private static void Heading(Dictionary<string, double[]> row)
        {
            var heading = row["heading_deg"][0];
            Same(Of(row["unity"]), Frames.HeadingToUnity(heading), "heading to Unity");
            Check.Near(heading, Frames.UnityToHeading(Of(row["unity"])), "Unity to heading");
        }

        private static Vec3 Of(double[] values)
        {
            return new Vec3(values[0], values[1], values[2]);
        }

        private static void Same(Vec3 expected, Vec3 got, string what)
        {
            Check.Near(expected.X, got.X, what + " x", 1e-12);
            Check.Near(expected.Y, got.Y, what + " y", 1e-12);
            Check.Near(expected.Z, got.Z, what + " z", 1e-12);
        }
    }
}
