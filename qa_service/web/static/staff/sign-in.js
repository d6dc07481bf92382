// The sign-in page: a name and a password, or the identity provider.

import { ServiceError, get, post, setToken } from "./api.js";

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
  try {
    await enter();
    await post("/sign-in", { name: form.elements["name"].value, password: form.elements["password"].value });
    location.assign("/staff");
  } catch (cause) {
    if (!(cause instanceof ServiceError)) throw cause;
    error.textContent = cause.message;
    by("password").value = "";
    by("password").focus();
  } finally {
    send.disabled = false;
  }
});

const reason = new URLSearchParams(location.search).get("reason");
if (reason) error.textContent = reason;
enter().catch((cause) => (error.textContent = cause.message));
