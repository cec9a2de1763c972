using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>Between the core's numbers and Unity's vectors; the axes are the core's business (Shelfway.Frames).</summary>
    public static class Axes
    {
        public static Vector3 ToVector(Vec3 v)
        {
            return new Vector3((float)v.X, (float)v.Y, (float)v.Z);
        }

        public static Vec3 Of(Vector3 v)
        {
            return new Vec3(v.x, v.y, v.z);
        }

        /// <summary>A place on the map in Unity, at the height of its level.</summary>
        public static Vector3 Place(double eastM, double northM, int level, Levels levels)
        {
            return ToVector(Frames.MapToUnity(new Vec3(eastM, northM, levels.ElevationM(level))));
        }

        public static Quaternion Heading(double headingDeg)
        {
            return Quaternion.Euler(0f, (float)headingDeg, 0f);
        }
    }
}
