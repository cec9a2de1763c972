using System;
using System.Globalization;
using UnityEngine;
#if SHELFWAY_ARFOUNDATION
using UnityEngine.XR.ARFoundation;
using UnityEngine.XR.ARSubsystems;
#endif

namespace Shelfway.Unity
{
    /// <summary>
    /// AR: moves <see cref="mapRoot"/>, under which way, visitors and building hang, so that they lie on the real room. Found by
    /// standing on a mark and facing its sign, or from image targets whose name is `east,north,level,heading`; corrected at every
    /// further mark, because devices measure long walks up to a tenth wrong.
    /// </summary>
    [AddComponentMenu("Shelfway/AR alignment")]
    public sealed class ShelfwayAlignment : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [SerializeField] private Transform mapRoot;
        [Tooltip("The AR camera.")]
        [SerializeField] private Transform device;
        [SerializeField] private float eyeHeight = 1.6f;
#if SHELFWAY_ARFOUNDATION
        [SerializeField] private ARTrackedImageManager images;
#endif
        private readonly Alignment alignment = new Alignment();

        public bool IsAligned { get { return alignment.IsKnown; } }

        /// <summary>The reader stands on a mark and faces its sign.</summary>
        public void StandOn(double eastM, double northM, int level, double headingDeg)
        {
            var floor = Axes.Of(device.position);
            floor.Y -= eyeHeight;
            Mark(floor, device.forward, eastM, northM, level, 0, headingDeg);
        }

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
#if SHELFWAY_ARFOUNDATION
            if (images != null) images.trackedImagesChanged += OnImages;
#endif
        }

        private void OnDisable()
        {
#if SHELFWAY_ARFOUNDATION
            if (images != null) images.trackedImagesChanged -= OnImages;
#endif
        }

        private void LateUpdate()
        {
            if (mapRoot == null || device == null) return;
            mapRoot.gameObject.SetActive(alignment.IsKnown); // a wrong way is worse than none
            alignment.Tick(Time.deltaTime, Axes.Of(device.position));
            // The alignment says how the room lies on the map; the map is moved the other way round.
            var turn = Quaternion.Euler(0f, -(float)alignment.YawDeg, 0f);
            mapRoot.rotation = turn;
            mapRoot.position = -(turn * Axes.ToVector(alignment.Shift));
        }

        private void Mark(Vec3 at, Vector3 forward, double eastM, double northM, int level, double aboveM, double headingDeg)
        {
            if (connection == null || connection.Visit == null) return;
            var map = Frames.MapToUnity(new Vec3(eastM, northM, connection.Visit.Levels.ElevationM(level) + aboveM));
            alignment.Mark(at, Frames.UnityToHeading(Axes.Of(forward)), map, headingDeg);
        }

        /// <summary>Reads a mark's name, `east,north,level,heading[,above floor]`, in the invariant culture.</summary>
        public static bool TryReadMark(string name, out double[] numbers)
        {
            var parts = name.Split(',');
            numbers = new double[5];
            if (parts.Length != 4 && parts.Length != 5) return false;
            for (var i = 0; i < parts.Length; i++)
                if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return false;
            return Math.Floor(numbers[2]) == numbers[2];
        }

#if SHELFWAY_ARFOUNDATION
        private void OnImages(ARTrackedImagesChangedEventArgs changed)
        {
            foreach (var image in changed.added) OnImage(image);
            foreach (var image in changed.updated) OnImage(image);
        }

        private void OnImage(ARTrackedImage image)
        {
            double[] mark;
            if (image.trackingState != TrackingState.Tracking || !TryReadMark(image.referenceImage.name, out mark)) return;
            // An image's up is its normal, out of the wall towards the reader; who looks at it looks the other way.
            Mark(Axes.Of(image.transform.position), -image.transform.up, mark[0], mark[1], (int)mark[2], mark[4], mark[3]);
        }
#endif
    }
}
