using System.Collections.Generic;
using Shelfway.Messages;

namespace Shelfway
{
    /// <summary>What is shown while an utterance is heard: captions, mouth shapes and gestures on its own sample clock.</summary>
    public sealed class SpeechTrack
    {
        private readonly List<SpeechClause> clauses = new List<SpeechClause>();

        public SpeechTrack(SpeechStart start)
        {
            Utterance = start.Utterance;
            Of = start.Of;
            Lang = start.Lang;
        }

        public long Utterance { get; private set; }

        /// <summary>Id of the question that it answers.</summary>
        public string Of { get; private set; }

        public string Lang { get; private set; }

        public int ClauseCount { get { return clauses.Count; } }

        public void Add(SpeechClause clause)
        {
            clauses.Add(clause);
        }

        /// <summary>The clause heard at this moment (seconds from the first sample); null before the first has come.</summary>
        public SpeechClause ClauseAt(double seconds)
        {
            for (var i = clauses.Count - 1; i > 0; i--)
                if (clauses[i].StartS <= seconds + 1e-6) return clauses[i];
            return clauses.Count > 0 ? clauses[0] : null;
        }

        /// <summary>The caption to show, empty when nothing is said.</summary>
        public string CaptionAt(double seconds)
        {
            var clause = ClauseAt(seconds);
            return clause == null ? "" : clause.Text;
        }

        /// <summary>Index of the word being said in the clause, −1 before its first.</summary>
        public int WordAt(double seconds)
        {
            var clause = ClauseAt(seconds);
            var found = -1;
            if (clause != null)
                for (var i = 0; i < clause.Words.Count && clause.Words[i].StartS <= seconds; i++) found = i;
            return found;
        }

        /// <summary>The mouth shape held at this moment; `sil` between and outside.</summary>
        public string VisemeAt(double seconds)
        {
            var clause = ClauseAt(seconds);
            if (clause == null) return "sil";
            int low = 0, high = clause.Visemes.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (clause.Visemes[middle].StartS <= seconds) low = middle + 1;
                else high = middle;
            }
            return low > 0 && seconds < clause.Visemes[low - 1].EndS ? clause.Visemes[low - 1].Name : "sil";
        }

        /// <summary>What her body does at this moment; null when nothing special.</summary>
        public Cue CueAt(double seconds)
        {
            var clause = ClauseAt(seconds);
            if (clause == null) return null;
            foreach (var cue in clause.Cues)
                if (cue.StartS <= seconds && seconds < cue.EndS) return cue;
            return null;
        }
    }
}
