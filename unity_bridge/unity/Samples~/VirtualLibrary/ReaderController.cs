using UnityEngine;

namespace Shelfway.Samples
{
    /// <summary>Walks with the arrow keys or WASD, looks with the right mouse button; first or third person.</summary>
    public sealed class ReaderController : MonoBehaviour
    {
        private const float WalkPerS = 1.8f;
        private const float LookPerUnit = 2.5f;
        public Transform eye;
        public GameObject body;
        public bool thirdPerson;
        /// <summary>Walked to as long as it is set and no key is pressed: following somebody.</summary>
        public Vector3? goal;
        private float yaw;
        private float pitch;

        private void Update()
        {
            if (Input.GetMouseButton(1))
            {
                yaw += Input.GetAxis("Mouse X") * LookPerUnit;
                pitch = Mathf.Clamp(pitch - Input.GetAxis("Mouse Y") * LookPerUnit, -80f, 80f);
            }
            transform.rotation = Quaternion.Euler(0f, yaw, 0f);
            var wish = transform.right * Input.GetAxis("Horizontal") + transform.forward * Input.GetAxis("Vertical");
            if (wish.sqrMagnitude < 0.01f && goal != null)
            {
                wish = goal.Value - transform.position;
                wish.y = 0f;
                if (wish.sqrMagnitude < 0.25f) wish = Vector3.zero;
            }
            if (wish.sqrMagnitude > 1f) wish = wish.normalized;
            transform.position += wish * (WalkPerS * Time.deltaTime);
            eye.localRotation = Quaternion.Euler(pitch, 0f, 0f);
            eye.localPosition = thirdPerson ? new Vector3(0f, 2.2f, -3f) : new Vector3(0f, 1.6f, 0f);
            if (body != null) body.SetActive(thirdPerson);
        }
    }
}
