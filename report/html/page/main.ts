/** Starts the page: unpacks what it was given, and shows it. */
import type { PageData } from "../data.js";
import { App } from "./app.js";
import { byId } from "./dom.js";
import { fillHead } from "./head.js";
import { modelOf } from "./model.js";

async function start(): Promise<void> {
  const text = byId("data", HTMLScriptElement).textContent ?? "";
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  // The page and its data are written together, by one program.
  const data: PageData = JSON.parse(await new Response(stream).text());
  fillHead(data);
  void new App(modelOf(data));
}

void start();
