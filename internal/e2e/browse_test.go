package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowsingByKeyboard goes from the newspapers to an article and back to its
// page, then to the previous issue.
func TestBrowsingByKeyboard(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	const paper = "/browse?publication=临江日报"
	do(t, ctx, chromedp.Navigate(base+"/browse"))
	for _, s := range []struct{ press, wait, want string }{
		{".publications a", ".months", paper},
		{".years a:not([aria-current])", ".years a:first-child[aria-current]", paper + "&year=2025"},
		{".month a[href*='2025-09-18']", ".issue-pages", paper + "&date=2025-09-18"},
		{
			".issue-pages a[href*='page=1']", ".issue-pages a[href*='page=1'][aria-current]",
			paper + "&date=2025-09-18&page=1",
		},
		{".issue-page li a", ".story", "/articles/ljrb-20250918-01-1"},
		{".story .meta a", ".issue-pages", paper + "&date=2025-09-18&page=1"},
		{".prev-next a[rel=prev]", ".prev-next a[href*='2025-09-18']", paper + "&date=2025-09-02"},
		{".trail a:last-of-type", ".months", paper},
	} {
		tabTo(t, ctx, s.press)
		do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(s.wait)))
		if got := path(t, ctx); got != s.want {
			t.Errorf("%s leads to %s, want %s", s.press, got, s.want)
		}
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".issue-summary a.here")), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?publication=临江日报" {
		t.Errorf("searching in a newspaper is at %s", got)
	}
}
