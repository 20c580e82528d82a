package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

type browser struct {
	stops []context.CancelFunc
	dir   string
}

// openBrowser starts a browser and returns the context of its tab, too.
func openBrowser(ctx context.Context) (tab context.Context, b *browser, err error) {
	dir, err := os.MkdirTemp("", "gen")
	if err != nil {
		return nil, nil, err
	}
	ctx, stop := chromedp.NewExecAllocator(
		ctx,
		chromedp.ExecPath("chromium"),
		chromedp.UserDataDir(filepath.Join(dir, "profile")),
		chromedp.Headless,
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
	)
	tab, closeTab := chromedp.NewContext(ctx)
	return tab, &browser{stops: []context.CancelFunc{closeTab, stop}, dir: dir}, nil
}

func (b *browser) close() {
	for _, stop := range b.stops {
		stop()
	}
	_ = os.RemoveAll(b.dir) // a folder of temporary files
}

// print lays html out in a tab, splits it into lines and prints them.
func (b *browser) print(tab context.Context, html, path string) error {
	file := filepath.Join(b.dir, "page.html")
	if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
		return err
	}
	if err := chromedp.Do(tab, chromedp.EmulateViewport(1600, 1200), chromedp.Navigate("file://"+file)); err != nil {
		return err
	}
	size, err := chromedp.Run(tab, chromedp.Evaluate[[]float64](scatter))
	if err != nil {
		return err
	}
	none, yes, no := 0.0, true, false
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) {
		p.PaperWidth, p.PaperHeight = size[0]/96, size[1]/96
		p.MarginTop, p.MarginBottom, p.MarginLeft, p.MarginRight = &none, &none, &none, &none
		p.PrintBackground, p.GenerateTaggedPDF = &yes, &no
	}))
	if err != nil {
		return err
	}
	return os.WriteFile(path, pdf, 0o644)
}

// scatter replaces the page by its lines in random order, each with its position
// and width.
var scatter = strings.TrimSpace(`
(() => {
  const lines = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, text = node.nodeValue, style = getComputedStyle(node.parentElement);
    let line = null;
    const range = document.createRange();
    for (let i = 0; i < text.length; i++) {
      const wide = text.codePointAt(i) > 0xffff;
      range.setStart(node, i); range.setEnd(node, i + (wide ? 2 : 1));
      const box = range.getBoundingClientRect();
      const c = wide ? text.slice(i, i + 2) : text[i];
      if (wide) i++;
      if (box.width === 0) continue;
      if (line && (Math.abs(box.top - line.top) > 2 || box.left < line.right - 2)) { line.wrapped = true; line = null; }
      if (!line) {
        line = {left: box.left, top: box.top, text: '', size: style.fontSize, weight: style.fontWeight,
          family: style.fontFamily, spacing: style.letterSpacing, height: box.height};
        lines.push(line);
      }
      line.text += c; line.right = box.right;
    }
  }
  const size = [document.body.offsetWidth, document.body.offsetHeight];
  let seed = lines.length;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let i = lines.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [lines[i], lines[j]] = [lines[j], lines[i]];
  }
  document.body.replaceChildren(...lines.map(l => {
    const e = document.createElement('div');
    e.textContent = l.text.trimEnd();
    Object.assign(e.style, {position: 'absolute', left: l.left + 'px', top: l.top + 'px', whiteSpace: 'pre',
      lineHeight: l.height + 'px', letterSpacing: l.spacing,
      fontSize: l.size, fontWeight: l.weight, fontFamily: l.family});
    if (l.wrapped) Object.assign(e.style, {width: l.right - l.left + 'px', textAlignLast: 'justify',
      textJustify: 'inter-character', whiteSpace: 'nowrap'});
    return e;
  }));
  Object.assign(document.body.style, {width: size[0] + 'px', height: size[1] - 1 + 'px',
    position: 'relative', overflow: 'hidden', columns: 'auto'});
  return size;
})()`)
