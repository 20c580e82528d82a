package page

import (
	"context"
	"fmt"
	"runtime"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// longPage is how much text a page has that takes several times as long as usual to make, in
// bytes.
const longPage = 16 << 10

// turns bounds how many pages of long texts are made at once, after the engine has answered: on
// half of the processors, so that the others answer usual requests meanwhile.
type turns chan struct{}

func newTurns() turns { return make(turns, max(1, runtime.GOMAXPROCS(0)/2)) }

// take waits until the page of an article may be made; done must be called after that.
func (t turns) take(ctx context.Context, a news.Article) (done func(), err error) {
	if textBytes(a) < longPage {
		return func() {}, nil
	}
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: other long articles are shown: %w", search.ErrBusy, context.Cause(ctx))
	}
}

func textBytes(a news.Article) int {
	n := 0
	for _, p := range a.Paragraphs {
		n += len(p.Text)
	}
	return n
}
