using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>Tells the server where the reader is: this transform, in the space of <see cref="map"/>.</summary>
    [AddComponentMenu("Shelfway/Pose source")]
    public sealed class ShelfwayPoseSource : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("The map's origin; empty: the world's.")]
        [SerializeField] private Transform map;
        [Tooltip("Height of this transform above the floor it belongs to, metres.")]
        [SerializeField] private float eyeHeight = 1.6f;

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
        }

        private void LateUpdate()
        {
            if (connection == null || connection.Visit == null) return;
            var position = map == null ? transform.position : map.InverseTransformPoint(transform.position);
            var forward = map == null ? transform.forward : map.InverseTransformDirection(transform.forward);
            var place = Frames.UnityToMap(Axes.Of(position));
            var level = connection.Visit.Levels.LevelAt(place.Z - eyeHeight);
            connection.Visit.Moved(place.X, place.Y, level, Frames.UnityToHeading(Axes.Of(forward)), ShelfwayConnection.Now);
        }
    }
}
