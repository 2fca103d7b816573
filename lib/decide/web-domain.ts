import type { RawValue } from "./record-types";

/**
 * Domains that say nothing about the company: mailboxes that anybody can have (the large free ones, Japanese and other
 * providers' and carriers' included), and sites where many companies have a page.
 */
const SHARED = new Set(
  `gmail.com googlemail.com outlook.com outlook.jp hotmail.com hotmail.co.jp hotmail.co.uk hotmail.fr hotmail.de live.com
live.jp msn.com yahoo.com yahoo.co.jp yahoo.co.uk yahoo.fr yahoo.de yahoo.co.in ymail.com ymail.ne.jp icloud.com me.com
mac.com aol.com gmx.com gmx.de gmx.net web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com proton.me
protonmail.com pm.me tutanota.com zoho.com zohomail.com fastmail.com hey.com qq.com 163.com 126.com sina.com naver.com
daum.net hanmail.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it terra.com.br uol.com.br
bol.com.br comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net btinternet.com docomo.ne.jp ezweb.ne.jp
au.com softbank.ne.jp i.softbank.jp vodafone.ne.jp disney.ne.jp rakuten.jp uqmobile.jp nifty.com ocn.ne.jp biglobe.ne.jp
so-net.ne.jp plala.or.jp dion.ne.jp infoweb.ne.jp excite.co.jp goo.jp mail.goo.ne.jp kddi.com asahi-net.or.jp eonet.ne.jp
facebook.com linkedin.com instagram.com twitter.com x.com youtube.com tiktok.com line.me lin.ee linktr.ee note.com
ameblo.jp sites.google.com docs.google.com goo.gl bit.ly`.split(/\s+/),
);

/** No name of the DNS is longer. */
const MAX_DOMAIN = 253;

/**
 * The host of a web address or bare domain in one form: lower-case, punycode, without scheme, "www.", port, path and
 * final dot. Null for a blank, an address of a person, a number or a name without a dot.
 */
export function normaliseDomain(raw: RawValue | undefined): string | null {
  if (typeof raw !== "string") return null;
  const text = raw.trim().replace(/^[a-z][a-z0-9+.-]*:\/+|^\/\//i, "");
  const host = /^[^/?#\\]*/.exec(text)?.[0] ?? "";
  if (host === "" || /[\s@]/.test(host)) return null;
  try {
    const name = new URL(`http://${host}`).hostname.replace(/\.$/, "").replace(/^(?:www\.)+(?=[^.]+\.)/, "");
    const isDomain = name.length <= MAX_DOMAIN && /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(name) && !/\.\d+$/.test(name);
    return isDomain ? name : null;
  } catch {
    return null;
  }
}

/** The domain of an email address; null when it is no address. */
export function domainOfEmail(email: RawValue | undefined): string | null {
  if (typeof email !== "string") return null;
  const at = email.lastIndexOf("@");
  return at <= 0 ? null : normaliseDomain(email.slice(at + 1));
}

/** Whether companies may meet by this (normalised) domain: mailbox providers and shared sites belong to nobody (M3). */
export function isOwnDomain(domain: string): boolean {
  return !SHARED.has(domain);
}
