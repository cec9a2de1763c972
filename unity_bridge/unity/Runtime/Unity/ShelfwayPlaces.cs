using System.Collections.Generic;
using Shelfway.Messages;
using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>Pins and notes, each a copy of a prefab at its place, with its text; a plain shape where there is no prefab.</summary>
    [AddComponentMenu("Shelfway/Places")]
    public sealed class ShelfwayPlaces : MonoBehaviour
    {
        [SerializeField] private ShelfwayConnection connection;
        [Tooltip("May have a child called Text (TextMesh).")]
        [SerializeField] private GameObject pinPrefab;
        [Tooltip("May have a child called Text (TextMesh).")]
        [SerializeField] private GameObject notePrefab;
        private readonly Dictionary<string, GameObject> shown = new Dictionary<string, GameObject>();
        private readonly HashSet<string> wanted = new HashSet<string>();
        private int changes = -1;

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
        }

        private void LateUpdate()
        {
            if (connection == null || connection.Visit == null) return;
            var company = connection.Visit.Company;
            if (company.Changes == changes) return;
            changes = company.Changes;
            wanted.Clear();
            foreach (var pin in company.Pins) ShowPin(pin.Pin);
            foreach (var note in company.Notes) ShowNote(note);
            RemoveOthers();
        }

        private void OnDisable()
        {
            wanted.Clear();
            RemoveOthers();
            changes = -1;
        }

        private void ShowPin(Pinned pin)
        {
            var text = pin.Text.Length > 0 ? pin.Text : pin.Name;
            Show("pin " + pin.Number + " " + pin.Of, pinPrefab, PrimitiveType.Sphere, 0.3f, pin.EastM, pin.NorthM, pin.Level, text);
        }

        private void ShowNote(NoteBody note)
        {
            var text = note.Title.Length > 0 ? note.Title + "\n" + note.Text : note.Text;
            Show("note " + note.Id, notePrefab, PrimitiveType.Cube, 0.2f, note.EastM, note.NorthM, note.Level, text);
        }

        private void Show(string key, GameObject prefab, PrimitiveType plain, float size, double east, double north, int level, string text)
        {
            wanted.Add(key);
            if (shown.ContainsKey(key)) return;
            var thing = prefab != null ? Instantiate(prefab, transform) : Plain(plain, size);
            thing.transform.SetParent(transform, false);
            thing.transform.localPosition = Axes.Place(east, north, level, connection.Visit.Levels) + Vector3.up;
            var child = thing.transform.Find("Text");
            var label = child == null ? null : child.GetComponent<TextMesh>();
            if (label != null) label.text = text;
            shown[key] = thing;
        }

        private static GameObject Plain(PrimitiveType kind, float size)
        {
            var thing = GameObject.CreatePrimitive(kind);
            thing.transform.localScale = new Vector3(size, size, size);
            var text = new GameObject("Text");
            text.transform.SetParent(thing.transform, false);
            text.AddComponent<TextMesh>().characterSize = 0.3f;
            return thing;
        }

        private void RemoveOthers()
        {
            var over = new List<string>();
            foreach (var pair in shown)
                if (!wanted.Contains(pair.Key)) over.Add(pair.Key);
            foreach (var key in over)
            {
                Destroy(shown[key]);
                shown.Remove(key);
            }
        }
    }
}
