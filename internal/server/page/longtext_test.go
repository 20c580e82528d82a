package page

import (
	"context"
	"errors"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// TestTurnsOfLongTexts checks that pages of long texts wait for their turn, at most until their
// deadline, and that usual ones don't wait.
func TestTurnsOfLongTexts(t *testing.T) {
	turns := make(turns, 1)
	long := news.Article{Paragraphs: []news.Paragraph{{Text: strings.Repeat("桥", longPage/3+1)}}}
	usual := news.Article{Paragraphs: []news.Paragraph{{Text: "青禾大桥"}}}
	done, err := turns.take(t.Context(), long)
	if err != nil {
		t.Fatal(err)
	}
	if usualDone, err := turns.take(t.Context(), usual); err != nil {
		t.Errorf("a usual page: %v", err)
	} else {
		usualDone()
	}
	late, cancel := context.WithCancelCause(t.Context())
	cancel(context.DeadlineExceeded)
	if _, err := turns.take(late, long); !errors.Is(err, search.ErrBusy) {
		t.Errorf("a second long page: %v, want ErrBusy", err)
	}
	done()
	if done, err = turns.take(t.Context(), long); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	done()
}
