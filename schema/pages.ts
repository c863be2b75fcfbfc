/** The pages that rules cite: enough to recognise the copy that was read, none of its text. */
import { definePage } from "./define.js";

export const wskSendPage = definePage({
  name: "wsk-send",
  title: "PFN_WSK_SEND callback function (wsk.h)",
  language: "en",
  url: "https://learn.microsoft.com/windows-hardware/drivers/ddi/wsk/nc-wsk-pfn_wsk_send",
  doc: "The full page, with prototype and requirements; the site around it was in Swedish.",
  sha256: "ebc44e3b5bf053d802163eb872e9344d0727d074b860d27b0490be1ea975261d",
});

export const wskSendMarkdownPage = definePage({
  name: "wsk-send-markdown",
  title: "PFN_WSK_SEND callback function",
  language: "en",
  url: "https://learn.microsoft.com/windows-hardware/drivers/ddi/wsk/nc-wsk-pfn_wsk_send",
  doc: "The same text as Markdown, without prototype and requirements.",
  sha256: "6b948a2725aef4807a26e97ade9e4156b5ca4e364b30792f5b49bac0ddb961c1",
});

export const wskSendToPage = definePage({
  name: "wsk-send-to",
  title: "PFN_WSK_SEND_TO callback function (wsk.h)",
  language: "pt-BR",
  url: "https://learn.microsoft.com/pt-br/windows-hardware/drivers/ddi/wsk/nc-wsk-pfn_wsk_send_to",
  doc: "A machine translation into Portuguese; where it sharpens a word, the English page decides.",
  sha256: "fdab5b10f1fb87d3fb1dece513f7a07b05b110aac8e043889dcbf6c73aebbdee",
});

export const wskSendExPage = definePage({
  name: "wsk-send-ex",
  title: "PFN_WSK_SEND_EX callback function",
  language: "en",
  doc: "The page of 2018, withdrawn since; the function is now called reserved for system use.",
  sha256: "47837d6a1b11b10e5b147247dc59a9af144e04a2753a0f6946215dcd0b89cd52",
});

export const wspSendPage = definePage({
  name: "wsp-send",
  title: "WSPSend function",
  language: "en",
  url: "https://learn.microsoft.com/previous-versions/windows/hardware/network/ff566316(v=vs.85)",
  doc: "The contract between the Windows Sockets switch and a SAN service provider.",
  sha256: "154d2f084690c69926e06c22aac4b85582bbfdb96bcfc403f32cbf0f435f3da6",
});
