using System.Collections.Generic;
using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>The way on the floor, as far as it lies on the level one is on, and a light where it ends.</summary>
    [AddComponentMenu("Shelfway/Path")]
    [RequireComponent(typeof(LineRenderer))]
    public sealed class ShelfwayPath : MonoBehaviour
    {
        private const float AboveFloor = 0.05f;
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("Shown at the bay when the reader has arrived.")]
        [SerializeField] private GameObject bayLight;
        private readonly List<Vector3> corners = new List<Vector3>();
        private Vector3 goal;
        private LineRenderer line;

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
            line = GetComponent<LineRenderer>();
            line.useWorldSpace = false;
            if (bayLight != null) bayLight.SetActive(false);
        }

        private void LateUpdate()
        {
            if (connection == null || connection.Visit == null) return;
            var visit = connection.Visit;
            if (bayLight != null) bayLight.SetActive(visit.ArrivedAt != null);
            Collect(visit);
            line.positionCount = corners.Count;
            for (var i = 0; i < corners.Count; i++) line.SetPosition(i, corners[i]);
            if (visit.ArrivedAt != null && bayLight != null) bayLight.transform.localPosition = goal;
        }

        /// <summary>What is left of the way on this level, from where the reader is.</summary>
        private void Collect(Visit visit)
        {
            corners.Clear();
            var points = visit.Path.Points;
            if (points.Count < 2) return;
            double east, north, walked = 0;
            var here = visit.Path.At(visit.Path.AlongM, out east, out north);
            corners.Add(Place(here, visit.Levels));
            for (var i = 1; i < points.Count; i++)
            {
                double dx = points[i].EastM - points[i - 1].EastM, dy = points[i].NorthM - points[i - 1].NorthM;
                if (points[i].Level == points[i - 1].Level) walked += System.Math.Sqrt(dx * dx + dy * dy);
                if (walked <= visit.Path.AlongM || points[i].Level != here.Level) continue;
                corners.Add(Place(points[i], visit.Levels));
            }
            goal = Place(points[points.Count - 1], visit.Levels);
        }

        private static Vector3 Place(WayPoint point, Levels levels)
        {
            return Axes.Place(point.EastM, point.NorthM, point.Level, levels) + Vector3.up * AboveFloor;
        }
    }
}
