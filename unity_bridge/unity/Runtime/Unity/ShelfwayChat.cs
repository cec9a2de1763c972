using System.Collections.Generic;
using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>
    /// A chat box in a corner of the screen: what is said in the room, who is there, and a field to say something. Plain, to be
    /// replaced by one's own; everything it shows is in <see cref="Company"/>.
    /// </summary>
    [AddComponentMenu("Shelfway/Chat")]
    public sealed class ShelfwayChat : MonoBehaviour
    {
        private const float Width = 340f, LineHeight = 22f;
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("How many lines are shown.")]
        [SerializeField] private int linesShown = 8;
        private readonly List<string> texts = new List<string>();
        private string people = "";
        private string typed;
        private int changes = -1;

        /// <summary>The field is open: keys are words now.</summary>
        public bool IsTyping { get { return typed != null; } }

        public void Open()
        {
            typed = "";
        }

        public void Close()
        {
            typed = null;
        }

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
        }

        private void OnGUI()
        {
            if (connection == null || connection.Visit == null || connection.Visit.Company.Entered == null) return;
            Collect(connection.Visit.Company);
            var left = Screen.width - Width - 20f;
            GUI.Label(new Rect(left, 20f, Width, LineHeight), people);
            for (var i = 0; i < texts.Count; i++) GUI.Label(new Rect(left, 20f + LineHeight * (i + 1), Width, LineHeight), texts[i]);
            var below = 30f + LineHeight * (linesShown + 1);
            if (connection.Visit.Company.IsMuted) GUI.Label(new Rect(left, below, Width, LineHeight), "Staff have asked you to be silent.");
            else if (typed != null) Field(left, below);
        }

        private void Field(float left, float top)
        {
            GUI.SetNextControlName("shelfway-chat");
            typed = GUI.TextField(new Rect(left, top, Width - 80f, 30f), typed);
            GUI.FocusControl("shelfway-chat");
            if (!GUI.Button(new Rect(left + Width - 70f, top, 70f, 30f), "Send")) return;
            var text = typed.Trim();
            if (text.Length > 0) connection.Visit.Client.Chat(text.Length > 500 ? text.Substring(0, 500) : text);
            typed = null;
        }

        private void Collect(Company company)
        {
            if (company.Changes == changes) return;
            changes = company.Changes;
            texts.Clear();
            for (var i = Mathf.Max(0, company.Lines.Count - linesShown); i < company.Lines.Count; i++) texts.Add(Text(company.Lines[i]));
            var names = new List<string>();
            foreach (var person in company.People) names.Add(person.Name.Length > 0 ? person.Name : "?");
            people = names.Count == 0 ? "Nobody else shows themselves here." : "Here: " + string.Join(", ", names.ToArray());
        }

        private static string Text(ChatLine line)
        {
            var name = line.IsOwn ? "You" : line.Name.Length > 0 ? line.Name : "?";
            switch (line.Kind)
            {
                case "said": return name + ": " + line.Text;
                case "overheard": return "The librarian, to " + name + ": " + line.Text;
                case "emoted": return name + " (" + line.Text + ")";
                case "joined": return name + " has come";
                default: return name + " has gone";
            }
        }
    }
}
