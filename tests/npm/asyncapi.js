// Reads an AsyncAPI document with AsyncAPI's own parser and says what that finds; then, message by message, what is not as
// the document says. A field, a header or a property that it does not name counts as well.
//
//     {"document": "...", "messages": [{"exchange", "key", "properties", "headers", "payload"}, ...]}
//
// comes in; {"findings": [...], "channels": [...], "faults": [[...], ...]} goes out.
"use strict";

const { Parser } = require("@asyncapi/parser");
const { default: Ajv } = require("ajv");
const { default: formats } = require("ajv-formats");
const fs = require("node:fs");

const SEVERITIES = ["error", "warning", "info", "hint"];
const ajv = formats(new Ajv({ allErrors: true, strict: false }));

// The schema, taken at its word: what it does not name must not be there.
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (copy.type === "object" && copy.properties) copy.additionalProperties = false;
  return copy;
}

function checker(part, schema) {
  const check = ajv.compile(closed(schema));
  return (value) => (check(value) ? [] : check.errors.map((it) => `${part}${it.instancePath} ${it.message}`));
}

function channelOf(channel) {
  const { exchange } = channel.bindings().get("amqp").value();
  const words = channel.address().split(".").map((word) => (/^\{\w+\}$/.test(word) ? "[^.]+" : word));
  const messages = channel.messages().all().map((message) => ({
    contentType: message.contentType(),
    kind: message.bindings().get("amqp").value().messageType,
    name: message.name(),
    summary: message.summary(),
    checks: [
      ["properties", message.extensions().get("x-amqp-properties").value()],
      ["headers", message.headers().json()],
      ["payload", message.payload().json()],
    ].map(([part, schema]) => ({ part, check: checker(part, schema) })),
  }));
  return { id: channel.id(), address: channel.address(), exchange, key: new RegExp(`^${words.join("\\.")}$`), messages };
}

function faults(channels, said) {
  const through = channels.filter((it) => it.exchange.name === said.exchange);
  // Where an exchange has one channel, no key is looked at.
  const fits = through.length === 1 ? through : through.filter((it) => it.key.test(said.key));
  if (fits.length !== 1) return [`${fits.length} channels are for ${said.exchange} ${said.key}`];
  const { content_type, type } = said.properties;
  const messages = fits[0].messages.filter((it) => it.contentType === content_type && it.kind === type);
  if (messages.length !== 1) return [`${messages.length} messages of ${fits[0].id} are ${content_type} ${type}`];
  return messages[0].checks.flatMap(({ part, check }) => check(said[part]));
}

async function main() {
  const { document: text, messages } = JSON.parse(fs.readFileSync(0, "utf8"));
  const { document, diagnostics } = await new Parser().parse(text);
  const findings = diagnostics.map(({ severity, code, path, message }) => ({
    severity: SEVERITIES[severity],
    code,
    path: path.join("."),
    message,
  }));
  const channels = document ? document.channels().all().map(channelOf) : [];
  const answer = { findings, channels, faults: messages.map((said) => faults(channels, said)) };
  process.stdout.write(JSON.stringify(answer));
}

main();
