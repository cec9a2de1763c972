using Shelfway.Messages;
using Shelfway.Unity;
using UnityEngine;

namespace Shelfway.Samples
{
    /// <summary>
    /// AR: put it beside an AR session, give it the alignment and the connection. The reader stands on the mark at the entrance,
    /// faces its sign and presses the button; from then on the way lies on the floor.
    /// </summary>
    public sealed class ARGuideScene : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [SerializeField] private ShelfwayAlignment alignment;
        [Tooltip("Where the mark lies: east, north, level, heading of who faces the sign.")]
        [SerializeField] private string mark = "0,0,0,0";
        [SerializeField] private string goal = "Information Desk";
        private string note = "";

        private void OnEnable()
        {
            connection.Received += OnMessage;
        }

        private void OnDisable()
        {
            connection.Received -= OnMessage;
        }

        private void OnGUI()
        {
            var visit = connection.Visit;
            if (visit == null) return;
            GUI.Label(new Rect(20f, 20f, Screen.width - 40f, 60f), note);
            var button = new Rect(20f, Screen.height - 120f, Screen.width - 40f, 100f);
            double[] numbers;
            if (!alignment.IsAligned)
            {
                note = "Stand on the mark, face its sign, and press.";
                if (!GUI.Button(button, "I stand on the mark")) return;
                if (ShelfwayAlignment.TryReadMark(mark, out numbers))
                    alignment.StandOn(numbers[0], numbers[1], (int)numbers[2], numbers[3]);
                else note = "The mark must read east,north,level,heading.";
            }
            else if (visit.Path.LengthM > 0) note = visit.Path.RemainingM.ToString("0") + " m to go";
            else if (GUI.Button(button, "Lead me: " + goal)) visit.Client.GuideTo(goal);
        }

        private void OnMessage(IMessage message)
        {
            var due = message as StepDue;
            if (due != null) note = due.Text;
            var arrived = message as Arrived;
            if (arrived != null) note = arrived.Text;
            var error = message as ErrorMessage;
            if (error != null) note = error.Message;
        }
    }
}
