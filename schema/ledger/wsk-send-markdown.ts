/** The sentences of the page wsk-send-markdown, listed by verify:pages --update. */
import { defineLedger } from "../define-ledger.js";

export const wskSendMarkdownLedger = defineLedger({
  page: "wsk-send-markdown",
  twin: "wsk-send",
  sections: {
    Title: [
      {
        hash: "3920018574fee119",
        excused: "restates",
        note: "the title of wsk-send, which names the header too",
      },
    ],
    Description: [{ hash: "6b3ed1e34339c3c6" }],
    "Parameters/Socket": [{ hash: "071de98477fe2d56" }],
    "Parameters/Buffer": [{ hash: "b3071f7ec9cb7575" }],
    "Parameters/Flags": [{ hash: "774110fc61b62fcb" }],
    "Parameters/Flags/WSK_FLAG_NODELAY": [
      { hash: "3d51ac411718185f" },
      { hash: "ce46c5af45071eff" },
      { hash: "bb943e2c57eb7e22" },
    ],
    "Parameters/Irp": [{ hash: "1a7a29f3b1d5adde" }, { hash: "258aaddb4428c5b8" }],
    "Return value": [{ hash: "037329f2ab67a788" }],
    "Return value/STATUS_SUCCESS": [
      { hash: "d5507ce02e45cf38" },
      { hash: "ec4524e6b06b5248" },
      { hash: "843c988ef2b1d994" },
    ],
    "Return value/STATUS_PENDING": [
      { hash: "f6242dc03754e141" },
      { hash: "68c65e6b06765075" },
      { hash: "f2644c25589b1056" },
      { hash: "b5e38b34b4ed5f8d" },
    ],
    "Return value/STATUS_FILE_FORCED_CLOSED": [
      { hash: "8fb8380e77ec2270" },
      { hash: "d6192e046c7b6e5b" },
      { hash: "a858d741d9f6018e" },
    ],
    "Return value/STATUS_NOT_SUPPORTED": [{ hash: "1949b7cf291fdf9c" }],
    "Return value/Other status codes": [{ hash: "60ac0632da2eaa53" }, { hash: "d6192e046c7b6e5b" }],
    Remarks: [
      { hash: "e5ed49253b61a7ca" },
      { hash: "dc473bf3cdbfda89" },
      { hash: "0f8c0d1950c39959" },
      { hash: "eb47ac91ad1499d2" },
      { hash: "6a1c6262ef6a28e2" },
      { hash: "0f1bd351d35cc8f0" },
      { hash: "30dda693d7b3d0e7" },
      { hash: "3a2a5f987dc37568" },
    ],
    "See also": [
      { hash: "13c7c6703f8f4afe" },
      { hash: "6b756a1f766b83fe" },
      { hash: "88a50bc4fb6653c3" },
      { hash: "2d4430074df135f4" },
      { hash: "651179d597e87ec4" },
      { hash: "f9ad4be3d6a16b25" },
      { hash: "825a7b07ce108f50" },
    ],
  },
});
