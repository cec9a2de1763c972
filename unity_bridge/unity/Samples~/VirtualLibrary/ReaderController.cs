using UnityEngine;

namespace Shelfway.Samples
{
    /// <summary>
    /// Walks with the arrow keys or WASD (faster with Shift), looks with the right mouse button. First person, or third person
    /// with a camera that comes nearer (mouse wheel) and never stands behind a wall.
    /// </summary>
    public sealed class ReaderController : MonoBehaviour
    {
        private const float WalkPerS = 1.8f, RunPerS = 4f;
        private const float LookPerUnit = 2.5f;
        private const float Nearest = 1.2f, Farthest = 6f;
        private const float EyeHeight = 1.6f, ShoulderHeight = 1.9f;
        public Transform eye;
        public GameObject body;
        public bool thirdPerson;
        /// <summary>Keys mean words at the moment.</summary>
        public bool isPaused;
        /// <summary>Walked to as long as it is set and no key is pressed: following somebody.</summary>
        public Vector3? goal;
        private float yaw;
        private float pitch;
        private float away = 3f;

        private void Update()
        {
            if (Input.GetMouseButton(1))
            {
                yaw += Input.GetAxis("Mouse X") * LookPerUnit;
                pitch = Mathf.Clamp(pitch - Input.GetAxis("Mouse Y") * LookPerUnit, -80f, 80f);
            }
            away = Mathf.Clamp(away - Input.GetAxis("Mouse ScrollWheel") * 4f, Nearest, Farthest);
            transform.rotation = Quaternion.Euler(0f, yaw, 0f);
            Walk();
            if (body != null) body.SetActive(thirdPerson);
        }

        private void LateUpdate()
        {
            eye.localRotation = Quaternion.Euler(pitch, 0f, 0f);
            if (!thirdPerson)
            {
                eye.localPosition = new Vector3(0f, EyeHeight, 0f);
                return;
            }
            var shoulder = transform.position + Vector3.up * ShoulderHeight;
            var back = eye.rotation * Vector3.forward * -1f;
            RaycastHit wall;
            var free = Physics.Raycast(shoulder, back, out wall, away) ? Mathf.Clamp(wall.distance - 0.2f, 0.3f, away) : away;
            eye.position = shoulder + back * free;
        }

        private void Walk()
        {
            var wish = Vector3.zero;
            if (!isPaused) wish = transform.right * Input.GetAxis("Horizontal") + transform.forward * Input.GetAxis("Vertical");
            if (wish.sqrMagnitude < 0.01f && goal != null)
            {
                wish = goal.Value - transform.position;
                wish.y = 0f;
                if (wish.sqrMagnitude < 0.25f) wish = Vector3.zero;
            }
            if (wish.sqrMagnitude > 1f) wish = wish.normalized;
            var pace = !isPaused && Input.GetKey(KeyCode.LeftShift) ? RunPerS : WalkPerS;
            transform.position += wish * (pace * Time.deltaTime);
        }
    }
}
