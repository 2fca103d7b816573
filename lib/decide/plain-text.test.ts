import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, htmlToPlainText, plainTextToHtml, tidyText } from "./plain-text";

describe("A2: content as plain text", () => {
  const cases: [name: string, html: string, text: string][] = [
    ["tags", "<p>Hello <b>Mr</b> <i>Sato</i>!</p>", "Hello Mr Sato!"],
    ["line breaks", "one<br>two<br/>three", "one\ntwo\nthree"],
    ["HubSpot's editor", '<div><p style="margin:0;">one</p><p style="margin:0;">two</p></div>', "one\ntwo"],
    ["paragraphs", "<p>one</p>\n<p>two</p>", "one\n\ntwo"],
    ["white space between words", "<div>a\n   b\t c</div>", "a b c"],
    [
      "entities",
      "5 &lt; 6 &amp; 7 &gt; 6 &yen;100 &#12354;&#x3042; &eacute; &unknown;",
      "5 < 6 & 7 > 6 ¥100 ああ é &unknown;",
    ],
    ["an entity of an entity", "<p>&amp;lt;script&amp;gt;</p>", "&lt;script&gt;"],
    ["a list", "<p>To do</p><ul><li>call</li><li>write</li></ul>end", "To do\n- call\n- write\nend"],
    ["lists in lists", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n  - b\n2. c"],
    ["a link", '<a href="https://x.jp/a?b=1&amp;c=2">our offer</a>.', "our offer (https://x.jp/a?b=1&c=2)."],
    ["a link that says itself", '<a href="https://x.jp/">x.jp</a>', "x.jp"],
    ["an address", '<a href="mailto:a@x.jp">a@x.jp</a>', "a@x.jp"],
    ["a link that nobody should follow", '<a href="javascript:alert(1)">click</a>', "click"],
    ["a link around an image", '<a href="https://x.jp/b"><img src="b.png" alt="Book"></a>', "Book (https://x.jp/b)"],
    ["a link around nothing", "<a href='https://x.jp/b'></a>", "https://x.jp/b"],
    ["scripts and styles", "a<script>if (1<2) alert('</b>')</script><style>p{}</style>b", "ab"],
    ["comments", "a<!-- <p>hidden</p> -->b", "ab"],
    ["a quoted >", '<p title="a > b">c</p>', "c"],
    ["a table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"],
    ["preformatted", "<pre>a  b\n  c</pre>", "a  b\n  c"],
    ["a smaller-than sign", "<p>1 < 2 and 3<4</p>", "1 < 2 and 3<4"],
    ["text without a tag", "one\n  two < three\r\nfour &amp; five", "one\n  two < three\nfour & five"],
    ["a broken quote", '<p class="a>one</p><p>two</p>', "one\n\ntwo"],
    ["control characters", "a\u0000b\u000bc\ud800", "abc\ufffd"],
    ["nothing", "<p>&nbsp;</p>", ""],
  ];
  it.each(cases)("%s", (_name, html, text) => {
    expect(htmlToPlainText(html)).toBe(text);
  });

  it("D26: plain text as HTML and back is that text again", () => {
    const line = fc.string({
      unit: fc.constantFrom("a", " ", "\n", "<", ">", "&", ";", '"', "-", "あ", "😀", "b", "="),
    });
    fc.assert(
      fc.property(fc.oneof(line, fc.string({ unit: "binary" })), (text) => {
        const tidy = tidyText(text).replaceAll(/[\t\u00a0]/g, " ");
        expect(htmlToPlainText(plainTextToHtml(text.replaceAll(/[\t\u00a0]/g, " ")))).toBe(tidyText(tidy));
      }),
      { numRuns: 5_000 },
    );
  });

  it("D26: never an error and always tidy, whatever the input", () => {
    const part = fc.constantFrom(
      "<p>",
      "</p>",
      "<a href='",
      '"',
      "'",
      ">",
      "<",
      "x",
      "<!--",
      "-->",
      "<li>",
      "<ul>",
      "</ul>",
      "<script>",
      "&lt;",
      "=",
      " ",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = htmlToPlainText(parts.join(""));
        expect(tidyText(text)).toBe(text);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    "<a ",
    "<a '",
    '<a ="',
    "<ul><li>",
    "&nbsp;",
    "<!-",
    "<script",
    "< ",
    "<a href='x'>",
    "</title",
    "<p =\">'",
  ])("a note of 65,536 characters of %j takes no time", (piece) => {
    const start = performance.now();
    htmlToPlainText(`>${piece.repeat(65_536 / piece.length)}`);
    htmlToPlainText(`${piece.repeat(65_536 / piece.length)}>`);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

describe("D27: a text that is cut", () => {
  it("fits, ends with the mark and never in half a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 5, max: 60 }), (text, max) => {
        const cut = cutText(text, max);
        expect(cut.replaceAll("\n", "\r\n").length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut === text || cut.endsWith("…")).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
