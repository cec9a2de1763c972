using UnityEngine;

namespace Shelfway.Unity
{
    /// <summary>Her voice through an AudioSource, so that it comes from where she stands.</summary>
    [AddComponentMenu("Shelfway/Voice")]
    [RequireComponent(typeof(AudioSource))]
    public sealed class ShelfwayVoice : MonoBehaviour
    {
        private const int Rate = 24000;
        private const int AheadSamples = Rate / 4;
        [SerializeField] private ShelfwayConnection connection;
        private AudioSource source;
        private volatile SpeechPlayer player; // read by the audio thread
        private float[] piece;
        private int written;

        private void OnEnable()
        {
            if (connection == null) connection = ShelfwayConnection.For(this);
            source = GetComponent<AudioSource>();
            source.loop = true;
#if UNITY_WEBGL && !UNITY_EDITOR
            // WebGL calls no read callbacks: a clip of one second goes round, filled a quarter of a second ahead.
            source.clip = AudioClip.Create("librarian", Rate, 1, Rate, false);
            written = 0;
#else
            source.clip = AudioClip.Create("librarian", Rate, 1, Rate, true, OnRead);
#endif
            source.Play();
        }

        private void Update()
        {
            player = connection != null && connection.Visit != null ? connection.Visit.Player : null;
            if (!source.isPlaying) source.Play(); // after the device changed
#if UNITY_WEBGL && !UNITY_EDITOR
            Fill();
#endif
        }

        private void OnDisable()
        {
            player = null;
            source.Stop();
        }

        /// <summary>For clips without a callback: write up to a quarter of a second before what is being played.</summary>
        public void Fill()
        {
            var ahead = (written - source.timeSamples + Rate) % Rate;
            var count = AheadSamples - ahead;
            if (ahead > Rate / 2) count = AheadSamples + Rate - ahead; // fell behind: playing has passed what was written
            if (count <= 0 || count > Rate) return;
            if (piece == null || piece.Length != count) piece = new float[count];
            OnRead(piece);
            source.clip.SetData(piece, written);
            written = (written + count) % Rate;
        }

        private void OnRead(float[] data)
        {
            var current = player;
            if (current != null) current.Read(data, 1, Rate);
            else System.Array.Clear(data, 0, data.Length);
        }
    }
}
