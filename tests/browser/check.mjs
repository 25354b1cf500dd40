// What a browser does with the emulator: signs in by managed login's form with PKCE, looks at the page of the state, and
// registers and uses a passkey, whose key Chromium's virtual authenticator holds.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const seed = JSON.parse(readFileSync(new URL("seed.json", import.meta.url)));
const { id: pool, clients: [client], users: [alice] } = seed.pools[0];
const back = client.settings.CallbackURLs[0];
const started = [];

// Starts a program, and waits for the line of its output that says where it listens.
async function start(program, args, pattern) {
  const child = spawn(join(process.env.PROGRAMS, program), args, { stdio: ["ignore", "pipe", "inherit"] });
  started.push(child);
  const failed = new Promise((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code} before it listened`)));
  });
  failed.catch(() => {});
  const listens = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const found = line.match(pattern);
      if (found) return found[1];
    }
    throw new Error(`${program} never said where it listens`);
  })();
  return Promise.race([listens, failed]);
}

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

async function managedLogin(browser, url) {
  const verifier = base64url(randomBytes(32));
  const state = base64url(randomBytes(16));
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    scope: "openid email",
    redirect_uri: back,
    state,
    nonce: "n-1",
    code_challenge: base64url(createHash("sha256").update(verifier).digest()),
    code_challenge_method: "S256",
  });
  const page = await browser.newPage();
  // Nothing listens at the callback: where the browser is sent is what counts.
  await page.route(`${back}**`, (route) => route.fulfill({ status: 200, body: "back" }));
  await page.goto(`${url}/oauth2/authorize?${query}`);
  assert.equal(new URL(page.url()).pathname, "/login");

  await page.fill("#username", alice.username);
  await page.fill("#password", "wrong-Password1");
  await page.click("button[type=submit]");
  assert.equal(new URL(page.url()).pathname, "/login");
  assert.match(await page.textContent("body"), /incorrect username or password/i);

  await page.fill("#username", alice.username);
  await page.fill("#password", alice.password);
  await page.click("button[type=submit]");
  await page.waitForURL(`${back}**`);
  const sent = new URL(page.url()).searchParams;
  assert.equal(sent.get("state"), state);

  const redeem = (code, code_verifier) => fetch(`${url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code", client_id: client.id, redirect_uri: back, code, code_verifier,
    }),
  });
  const refused = await redeem(sent.get("code"), base64url(randomBytes(32)));
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).error, "invalid_grant");
  // A code is spent by the attempt, so the right verifier needs another one.
  await page.goto(`${url}/oauth2/authorize?${query}`);
  await page.fill("#username", alice.username);
  await page.fill("#password", alice.password);
  await page.click("button[type=submit]");
  await page.waitForURL(`${back}**`);
  const tokens = await redeem(new URL(page.url()).searchParams.get("code"), verifier);
  assert.equal(tokens.status, 200);
  const { id_token: idToken, access_token: accessToken } = await tokens.json();
  const claims = JSON.parse(Buffer.from(idToken.split(".")[1], "base64url"));
  assert.equal(claims["cognito:username"], alice.username);
  assert.equal(claims.nonce, "n-1");
  const info = await fetch(`${url}/oauth2/userInfo`, { headers: { authorization: `Bearer ${accessToken}` } });
  assert.equal((await info.json()).email, alice.attributes.email);
  await page.close();
}

async function stateIsShown(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const text = await page.textContent("body");
  for (const shown of [pool, client.id, alice.username, alice.attributes.email, "CONFIRMED", "/oauth2/token"]) {
    assert.ok(text.includes(shown), `the page shows ${shown}:\n${text}`);
  }
  assert.ok(!text.includes(alice.password), "and no password");
  await page.close();
}

async function passkeys(browser, url) {
  const page = await browser.newPage();
  const said = (text) => page.waitForFunction((text) => document.getElementById("message").textContent.includes(text), text);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(url);
  await page.fill("input[name=name]", "alice");
  await page.fill("input[name=password]", "Correct-horse1");
  await page.click("#sign-in button:not([type=button])");
  await said("passkeys: 0");
  await page.click("#add-passkey");
  await said("passkeys: 1");
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].rpId, "localhost");

  await page.click("#sign-out");
  await page.waitForSelector("#sign-in:not([hidden])");
  await page.fill("input[name=name]", "alice");
  await page.click("#passkey");
  await said("Signed in as alice");
  const after = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  assert.ok(after.credentials[0].signCount > credentials[0].signCount, "the authenticator signed");

  // Another key with the same id must be refused.
  await page.click("#sign-out");
  await page.waitForSelector("#sign-in:not([hidden])");
  await devtools.send("WebAuthn.clearCredentials", { authenticatorId });
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  const other = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");
  await devtools.send("WebAuthn.addCredential", {
    authenticatorId, credential: { ...after.credentials[0], privateKey: other },
  });
  await page.fill("input[name=name]", "alice");
  await page.click("#passkey");
  await page.waitForFunction(() => document.getElementById("message").textContent !== "");
  assert.doesNotMatch(await page.textContent("#message"), /Signed in/);
  await page.close();
}

const profile = mkdtempSync(join(tmpdir(), "cognito-browser-"));
let browser;
try {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
  browser.setDefaultTimeout(20_000);
  const seeded = new URL("seed.json", import.meta.url).pathname;
  const emulator = await start("cognito-emulator", ["--port", "0", "--log", "warn", "--seed", seeded], /^(http:\S+)$/);
  const site = await start("examples/web_server", [], /(http:\S+)$/);
  const steps = [
    ["managed login with PKCE", () => managedLogin(browser, emulator)],
    ["the page of the state", () => stateIsShown(browser, emulator)],
    ["passkeys", () => passkeys(browser, site)],
  ];
  for (const [name, step] of steps) {
    await step();
    console.log(`${name}: as expected`);
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await browser?.close();
  for (const child of started) child.kill();
  rmSync(profile, { recursive: true, force: true });
}
