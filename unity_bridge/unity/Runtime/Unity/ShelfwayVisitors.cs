using System.Collections.Generic;
using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>The other visitors, each a copy of a prefab: moved smoothly, with name, speech bubble, emote; one may be followed.</summary>
    [AddComponentMenu("Shelfway/Visitors")]
    public sealed class ShelfwayVisitors : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("May have children called Name and Bubble (TextMesh) and an Animator with a trigger per gesture.")]
        [SerializeField] private GameObject visitorPrefab;
        [Tooltip("How long a speech bubble stays, seconds.")]
        [SerializeField] private float bubbleSeconds = 6f;
        private readonly Dictionary<Visitor, Figure> figures = new Dictionary<Visitor, Figure>();
        private readonly List<Visitor> gone = new List<Visitor>();

        /// <summary>Whom the reader follows; 0: nobody. A controller walks to <see cref="FollowPoint"/>.</summary>
        public long Following { get; set; }

        /// <summary>A step behind the one who is followed; null when they are not in sight.</summary>
        public Vector3? FollowPoint { get; private set; }

        /// <summary>Make each visitor a copy of this.</summary>
        public void Use(GameObject prefab)
        {
            visitorPrefab = prefab;
        }

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
        }

        private void OnDisable()
        {
            foreach (var figure in figures.Values) figure.Remove();
            figures.Clear();
        }

        private void LateUpdate()
        {
            if (connection == null || connection.Visit == null || visitorPrefab == null) return;
            var visit = connection.Visit;
            FollowPoint = null;
            foreach (var visitor in visit.Visitors.All) Show(visitor, visit.Levels);
            gone.Clear();
            foreach (var visitor in figures.Keys)
                if (!visit.Visitors.All.Contains(visitor)) gone.Add(visitor);
            foreach (var visitor in gone)
            {
                figures[visitor].Remove();
                figures.Remove(visitor);
            }
        }

        private void Show(Visitor visitor, Levels levels)
        {
            VisitorPose pose;
            if (!visitor.Track.TryShow(ShelfwayConnection.Now, out pose)) return;
            Figure figure;
            if (!figures.TryGetValue(visitor, out figure))
                figures[visitor] = figure = new Figure(Instantiate(visitorPrefab, transform), visitor);
            var isSpeaking = visitor.Bubble.Length > 0 && ShelfwayConnection.Now - visitor.BubbleAt < bubbleSeconds;
            var place = Axes.Place(pose.EastM, pose.NorthM, pose.Level, levels);
            figure.Show(place, Axes.Heading(pose.HeadingDeg), visitor.Name, isSpeaking ? visitor.Bubble : "");
            figure.Move(visitor.Pose.GestureName, visitor.Emote, visitor.Emotes);
            if (visitor.Pose.Number == Following && Following != 0)
                FollowPoint = place - Axes.Heading(pose.HeadingDeg) * Vector3.forward * 1.2f;
        }

        private sealed class Figure
        {
            private readonly GameObject body;
            private readonly TextMesh label;
            private readonly TextMesh bubble;
            private readonly Animator animator;
            private string gesture = "none";
            private int emotes;

            public Figure(GameObject body, Visitor visitor)
            {
                this.body = body;
                body.SetActive(true); // the pattern may be hidden
                Dress(visitor);
                label = Text("Name");
                bubble = Text("Bubble");
                animator = body.GetComponentInChildren<Animator>();
            }

            public void Show(Vector3 place, Quaternion turn, string name, string said)
            {
                body.transform.localPosition = place;
                body.transform.localRotation = turn;
                if (label != null) label.text = name;
                if (bubble != null) bubble.text = said;
                var camera = Camera.main;
                if (camera != null && label != null) label.transform.rotation = camera.transform.rotation;
                if (camera != null && bubble != null) bubble.transform.rotation = camera.transform.rotation;
            }

            public void Move(string newGesture, string emote, int newEmotes)
            {
                if (animator != null && newGesture != gesture && newGesture != "none") animator.SetTrigger(newGesture);
                if (animator != null && newEmotes != emotes) animator.SetTrigger(emote);
                gesture = newGesture;
                emotes = newEmotes;
            }

            public void Remove()
            {
                Destroy(body);
            }

            /// <summary>A colour of their own, the same for everybody who sees them; staff and robots by their role.</summary>
            private void Dress(Visitor visitor)
            {
                var renderer = body.GetComponentInChildren<Renderer>();
                if (renderer == null) return;
                double red, green, blue;
                Look.Of(visitor.Pose.Number, visitor.Pose.RoleName, out red, out green, out blue);
                renderer.material.color = new Color((float)red, (float)green, (float)blue);
            }

            private TextMesh Text(string child)
            {
                var found = body.transform.Find(child);
                return found == null ? null : found.GetComponent<TextMesh>();
            }
        }
    }
}
