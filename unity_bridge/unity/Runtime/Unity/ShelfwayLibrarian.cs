using Shelfway.Messages;
using UnityEngine;
#if SHELFWAY_VRM
using UniVRM10;
#endif

namespace Shelfway.Unity
{
    /// <summary>Her face and body: mouth from the visemes, gaze at who speaks with her, pointing to what she speaks of.</summary>
    [AddComponentMenu("Shelfway/Librarian")]
    public sealed class ShelfwayLibrarian : MonoBehaviour
    {
        private const float TurnPerS = 120f;
        private const float PointingM = 0.6f;
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("Meshes with blend shapes viseme_aa, viseme_PP, … (or aa, PP, …).")]
        [SerializeField] private SkinnedMeshRenderer[] faces = new SkinnedMeshRenderer[0];
        [Tooltip("Her head; it turns to the reader. Its forward is the direction of her nose.")]
        [SerializeField] private Transform head;
        [Tooltip("Moved to where her hand should point; give it to a rig or an IK handler.")]
        [SerializeField] private Transform handTarget;
        [Tooltip("Her shoulder, from which she points.")]
        [SerializeField] private Transform shoulder;
        [Tooltip("Whom she looks at; empty: the main camera.")]
        [SerializeField] private Transform reader;
#if SHELFWAY_VRM
        [SerializeField] private Vrm10Instance vrm;
#endif
        private int[][] shapes;

        /// <summary>What she says now, empty when she is silent.</summary>
        public string Caption { get { return connection == null || connection.Visit == null ? "" : connection.Visit.Caption; } }

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
            shapes = new int[faces.Length][];
            for (var i = 0; i < faces.Length; i++) shapes[i] = FindShapes(faces[i].sharedMesh);
        }

        // After animations, which move the same bones.
        private void LateUpdate()
        {
            if (connection == null || connection.Visit == null) return;
            var visit = connection.Visit;
            Speak(visit.Mouth);
            var target = Target(visit.Cue);
            var isPlace = visit.Cue != null && visit.Cue.Points.Count > 0;
            if (isPlace) TurnBody(target);
            if (head != null) TurnHead(target);
            if (handTarget != null && shoulder != null)
            {
                var isPointing = isPlace && visit.Cue.Kind == Cue.KindValues.Point;
                var direction = isPointing ? (target - shoulder.position).normalized : -transform.up;
                handTarget.position = Vector3.Lerp(handTarget.position, shoulder.position + direction * PointingM, 6f * Time.deltaTime);
            }
        }

        private static int[] FindShapes(Mesh mesh)
        {
            var found = new int[Protocol.Visemes.Length];
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = mesh.GetBlendShapeIndex("viseme_" + Protocol.Visemes[i]);
                if (found[i] < 0) found[i] = mesh.GetBlendShapeIndex(Protocol.Visemes[i]);
            }
            return found;
        }

        private void Speak(MouthWeights mouth)
        {
            for (var face = 0; face < faces.Length; face++)
                for (var i = 0; i < mouth.Weights.Length; i++)
                    if (shapes[face][i] >= 0) faces[face].SetBlendShapeWeight(shapes[face][i], mouth.Weights[i] * 100f);
#if SHELFWAY_VRM
            if (vrm == null || vrm.Runtime == null) return;
            // Set on every frame: one setting alone does not hold after the model was loaded at run time.
            vrm.Runtime.Expression.SetWeight(ExpressionKey.Aa, mouth.Vrm[0]);
            vrm.Runtime.Expression.SetWeight(ExpressionKey.Ih, mouth.Vrm[1]);
            vrm.Runtime.Expression.SetWeight(ExpressionKey.Ou, mouth.Vrm[2]);
            vrm.Runtime.Expression.SetWeight(ExpressionKey.Ee, mouth.Vrm[3]);
            vrm.Runtime.Expression.SetWeight(ExpressionKey.Oh, mouth.Vrm[4]);
#endif
        }

        private Vector3 Target(Cue cue)
        {
            if (cue != null && cue.Points.Count > 0)
            {
                var point = cue.Points[0];
                return Axes.Place(point.EastM, point.NorthM, point.Level, connection.Visit.Levels) + Vector3.up * 1.2f;
            }
            if (reader != null) return reader.position;
            var camera = Camera.main;
            return camera != null ? camera.transform.position : transform.position + transform.forward * 2f + Vector3.up * 1.6f;
        }

        private void TurnBody(Vector3 target)
        {
            var direction = target - transform.position;
            direction.y = 0f;
            if (direction.sqrMagnitude < 0.01f) return;
            var wanted = Quaternion.LookRotation(direction, Vector3.up);
            transform.rotation = Quaternion.RotateTowards(transform.rotation, wanted, TurnPerS * Time.deltaTime);
        }

        private void TurnHead(Vector3 target)
        {
            var direction = target - head.position;
            if (direction.sqrMagnitude < 0.01f) return;
            // No owl: within 60 degrees of where her body looks.
            var straight = Quaternion.LookRotation(transform.forward, Vector3.up);
            var wanted = Quaternion.RotateTowards(straight, Quaternion.LookRotation(direction, Vector3.up), 60f);
            head.rotation = Quaternion.Slerp(head.rotation, wanted, 0.9f);
        }
    }
}
