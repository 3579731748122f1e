/* Passkeys: what the browser and the server say to one another, between buttons and forms that stand on the page. */

const decode = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0)).buffer;
};
const encode = (buffer) =>
  btoa(String.fromCodePoint(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decodeAll = (list) => list?.map((each) => ({ ...each, id: decode(each.id) }));

/* The server writes bytes as base64url, the browser wants them as buffers, and the other way round. */
async function made({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: decode(publicKey.challenge),
    user: { ...publicKey.user, id: decode(publicKey.user.id) },
    excludeCredentials: decodeAll(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
  const key = await navigator.credentials.create({ publicKey: options });
  return told(key, { attestationObject: encode(key.response.attestationObject) });
}

async function used({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: decode(publicKey.challenge),
    allowCredentials: decodeAll(publicKey.allowCredentials),
  };
  const key = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, signature, userHandle } = key.response;
  return told(key, {
    authenticatorData: encode(authenticatorData),
    signature: encode(signature),
    userHandle: userHandle ? encode(userHandle) : undefined,
  });
}

const told = (key, response) => ({
  id: key.id,
  rawId: encode(key.rawId),
  type: key.type,
  clientExtensionResults: key.getClientExtensionResults(),
  response: { clientDataJSON: encode(key.response.clientDataJSON), ...response },
});

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!globalThis.PublicKeyCredential) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => this.ask());
  }

  async ask() {
    const form = this.querySelector("form");
    const words = this.querySelector(".errors[role]");
    words.textContent = "";
    try {
      const options = await this.options();
      const answer = options.creation_options ? await made(options.creation_options) : await used(options.request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      words.textContent = this.dataset.failed;
    }
  }

  async options() {
    if (this.dataset.options) return JSON.parse(document.getElementById(this.dataset.options).textContent);
    const response = await fetch(this.dataset.fetch, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }
}

customElements.define("pliego-passkey", Passkey);
