using System;

namespace Shelfway
{
    /// <summary>
    /// AR: how the device's own space lies on the map, found from marks whose place on the map is known. Gravity is trusted, so
    /// there are four unknowns: a turn about up and a shift. Each mark corrects it, softly unless it is far off. Unity axes.
    /// </summary>
    public sealed class Alignment
    {
        private const double SoftS = 0.5;
        private const double JumpM = 1.5;
        private const double JumpDeg = 20.0;
        private double wantedYaw;
        private Vec3 wantedShift;

        public bool IsKnown { get; private set; }

        /// <summary>Degrees about +Y by which device space is turned to lie on the map.</summary>
        public double YawDeg { get; private set; }

        public Vec3 Shift { get; private set; }

        /// <summary>
        /// Something at <paramref name="device"/> looking <paramref name="deviceYawDeg"/> in device space is known to be at
        /// <paramref name="map"/> looking <paramref name="headingDeg"/>. A mark that the reader stands on works as well.
        /// </summary>
        public void Mark(Vec3 device, double deviceYawDeg, Vec3 map, double headingDeg)
        {
            wantedYaw = Frames.Between(deviceYawDeg, headingDeg);
            var turned = Turn(device, wantedYaw);
            wantedShift = new Vec3(map.X - turned.X, map.Y - turned.Y, map.Z - turned.Z);
            var here = ToMap(device);
            double dx = here.X - map.X, dy = here.Y - map.Y, dz = here.Z - map.Z;
            var far = Math.Sqrt(dx * dx + dy * dy + dz * dz) > JumpM || Math.Abs(Frames.Between(YawDeg, wantedYaw)) > JumpDeg;
            if (IsKnown && !far) return;
            IsKnown = true;
            YawDeg = wantedYaw;
            Shift = wantedShift;
        }

        /// <summary>Go a little towards the newest mark; the place given stays calm while the world turns about it.</summary>
        public void Tick(double passedS, Vec3 about)
        {
            if (!IsKnown) return;
            var share = Math.Min(1.0, Math.Max(0.0, passedS) / SoftS);
            var before = ToMap(about);
            var goal = Turn(about, wantedYaw);
            YawDeg += Frames.Between(YawDeg, wantedYaw) * share;
            var turned = Turn(about, YawDeg);
            Shift = new Vec3(
                before.X + (goal.X + wantedShift.X - before.X) * share - turned.X,
                before.Y + (goal.Y + wantedShift.Y - before.Y) * share - turned.Y,
                before.Z + (goal.Z + wantedShift.Z - before.Z) * share - turned.Z);
        }

        /// <summary>A place in device space, on the map (Unity axes).</summary>
        public Vec3 ToMap(Vec3 device)
        {
            var turned = Turn(device, YawDeg);
            return new Vec3(turned.X + Shift.X, turned.Y + Shift.Y, turned.Z + Shift.Z);
        }

        private static Vec3 Turn(Vec3 v, double yawDeg)
        {
            double a = yawDeg * Math.PI / 180.0, c = Math.Cos(a), s = Math.Sin(a);
            return new Vec3(v.X * c + v.Z * s, v.Y, v.Z * c - v.X * s);
        }
    }
}
