/** What frames the text of a page: menus, notices, recommendations. */
import { type DomElement, textOf } from './dom';

const ROLES = [
  ...['navigation', 'banner', 'contentinfo', 'complementary', 'search'],
  ...['menubar', 'menu', 'alert', 'alertdialog'],
];
const CHROME = [
  ...['nav', 'footer', 'aside', 'form[role="search"]', 'menu'],
  ...ROLES.map((role) => `[role="${role}"]`),
  ...['.navbox', '.sidebar', '.breadcrumb', '.breadcrumbs'],
  ...['.share-buttons', '.social-share', '.advertisement', '.adsbygoogle'],
];

/** Questions for consent, by the names that the programs that ask them give. */
const NOTICES = [
  ...['.cookie-banner', '#cookie-banner', '.cookie-notice', '#cookie-notice', '#cookie-law-info-bar'],
  ...['[class*="cookie-consent"]', '[id*="cookie-consent"]', '[class*="gdpr"]', '.cc-window'],
  ...['.fc-consent-root', '.qc-cmp2-container', '.osano-cm-window', '.js-consent-banner'],
  ...['[id^="sp_message_container"]', '#usercentrics-root', '#didomi-host', '#truste-consent-track'],
  ...['#CybotCookiebotDialog', '#onetrust-consent-sdk'],
];

export const removeNotices = (root: DomElement): void => removeMinor(root, NOTICES);

/** Removes menus and the like, but nothing that the page consists of. */
export function removeChrome(root: DomElement): void {
  removeMinor(root, CHROME);
  for (const header of root.querySelectorAll('header')) {
    // The header of a page is its menu; that of an article has its title.
    if (header.closest('article, main, section') === null && header.querySelector('h1') === null)
      header.remove();
  }
}

function removeMinor(root: DomElement, selectors: readonly string[]): void {
  const all = textOf(root).length;
  for (const element of root.querySelectorAll(selectors.join(','))) {
    if (textOf(element).length < all / 2) element.remove();
  }
}
