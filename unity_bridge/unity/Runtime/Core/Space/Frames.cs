using System;
using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>Three numbers; which axes they are the name of what gave them says.</summary>
    public struct Vec3
    {
        public double X;
        public double Y;
        public double Z;

        public Vec3(double x, double y, double z)
        {
            X = x;
            Y = y;
            Z = z;
        }
    }

    /// <summary>
    /// The only axis conversions. Map: right-handed, east, north, up, metres. glTF and WebXR: (E, U, −N). Unity: left-handed,
    /// (E, U, N). Headings are degrees clockwise from map north, which is Unity's turn about +Y. A file loaded by glTFast or
    /// UniVRM has its X axis flipped, so it must hang under a root turned 180° about Y (<see cref="LoadedUnderRoot"/>).
    /// </summary>
    public static class Frames
    {
        public const float ModelRootYawDeg = 180f;

        public static Vec3 MapToUnity(Vec3 map)
        {
            return new Vec3(map.X, map.Z, map.Y);
        }

        public static Vec3 UnityToMap(Vec3 unity)
        {
            return new Vec3(unity.X, unity.Z, unity.Y);
        }

        public static Vec3 MapToGltf(Vec3 map)
        {
            return new Vec3(map.X, map.Z, -map.Y);
        }

        public static Vec3 GltfToMap(Vec3 gltf)
        {
            return new Vec3(gltf.X, -gltf.Z, gltf.Y);
        }

        /// <summary>Where a point of a glTF file lies in Unity: the importer flips X, the root turns it by 180° about Y.</summary>
        public static Vec3 LoadedUnderRoot(Vec3 gltf)
        {
            double x = -gltf.X, z = gltf.Z;
            return new Vec3(-x, gltf.Y, -z);
        }

        /// <summary>Direction of a heading in Unity's axes.</summary>
        public static Vec3 HeadingToUnity(double headingDeg)
        {
            var turn = headingDeg * Math.PI / 180.0;
            return new Vec3(Math.Sin(turn), 0, Math.Cos(turn));
        }

        /// <summary>Heading of a direction in Unity's axes, 0 ≤ h &lt; 360; 0 for none.</summary>
        public static double UnityToHeading(Vec3 direction)
        {
            if (direction.X == 0 && direction.Z == 0) return 0;
            return Turned(Math.Atan2(direction.X, direction.Z) * 180.0 / Math.PI);
        }

        /// <summary>The angle in 0 ≤ h &lt; 360.</summary>
        public static double Turned(double degrees)
        {
            var turned = degrees % 360.0;
            if (turned < 0) turned += 360.0;
            return turned >= 360.0 ? 0 : turned;
        }

        /// <summary>Degrees to turn from one heading to another, right positive, −180 &lt; t ≤ 180.</summary>
        public static double Between(double beforeDeg, double afterDeg)
        {
            var turn = Turned(afterDeg - beforeDeg);
            return turn > 180.0 ? turn - 360.0 : turn;
        }
    }

    /// <summary>Heights of the building's levels; 4 m each until the plan has come.</summary>
    public sealed class Levels
    {
        private readonly Dictionary<int, double> elevations = new Dictionary<int, double>();

        public void Take(PlanBody plan)
        {
            elevations.Clear();
            foreach (var level in plan.Levels) elevations[level.Ordinal] = level.ElevationM;
        }

        public double ElevationM(int ordinal)
        {
            double value;
            return elevations.TryGetValue(ordinal, out value) ? value : 4.0 * ordinal;
        }

        /// <summary>The level whose floor is the highest one not above this height (with half a metre of doubt).</summary>
        public int LevelAt(double upM)
        {
            if (elevations.Count == 0) return (int)Math.Floor((upM + 0.5) / 4.0);
            int best = 0, lowest = 0;
            double bestM = double.NegativeInfinity, lowestM = double.PositiveInfinity;
            foreach (var pair in elevations)
            {
                if (pair.Value <= upM + 0.5 && pair.Value > bestM)
                {
                    best = pair.Key;
                    bestM = pair.Value;
                }
                if (pair.Value < lowestM)
                {
                    lowest = pair.Key;
                    lowestM = pair.Value;
                }
            }
            return double.IsNegativeInfinity(bestM) ? lowest : best;
        }
    }
}
