// The sign-in page: a name and a password, or the identity provider.

import { attempt, get, post, setToken } from "./api.js";

const by = (id) => document.getElementById(id);
const form = by("sign-in");
const error = by("error");

async function enter() {
  const { csrf, federated } = await get("/sign-in");
  setToken(csrf);
  by("federated").hidden = !federated;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const send = form.querySelector("button");
  send.disabled = true;
  error.textContent = "";
  const entered = await attempt(
    async () => {
      await enter();
      await post("/sign-in", { name: form.elements["name"].value, password: form.elements["password"].value });
    },
    (message) => (error.textContent = message),
  );
  send.disabled = false;
  if (entered) {
    location.assign("/staff");
  } else {
    by("password").value = "";
    by("password").focus();
  }
});

const reason = new URLSearchParams(location.search).get("reason");
if (reason) error.textContent = reason;
enter().catch((cause) => (error.textContent = cause.message));
