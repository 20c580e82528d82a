package main

import (
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"xunwen/internal/build"
)

// logEvery is how often a build without a terminal logs its progress.
const logEvery = 5 * time.Second

// progress shows how far a build is, by a bar on a terminal and otherwise by log
// lines. Other output must go through report, so that it does not overwrite the bar.
type progress struct {
	mu     sync.Mutex
	w      io.Writer
	log    *slog.Logger
	asJSON bool // on w
	onTerm bool
	bar    *progressbar.ProgressBar
	phase  string
	logged time.Time
}

func newProgress(w io.Writer, log *slog.Logger, asJSON bool) *progress {
	f, ok := w.(*os.File)
	onTerm := !asJSON && ok && term.IsTerminal(int(f.Fd()))
	return &progress{w: w, log: log, asJSON: asJSON, onTerm: onTerm, logged: time.Now()}
}

// progress returns the progress of a command.
func (s *streams) progress(log *slog.Logger) *progress { return newProgress(s.err, log, s.logsJSON) }

func (p *progress) update(now build.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.onTerm {
		p.draw(now)
		return
	}
	if now.Phase == p.phase && time.Since(p.logged) < logEvery {
		return
	}
	p.phase, p.logged = now.Phase, time.Now()
	values := []any{"phase", now.Phase, "articles", now.Done}
	if now.Total > 0 {
		values = append(values, "of", now.Total)
	}
	if megabytes := now.Bytes / 1e6; megabytes > 0 {
		values = append(values, "megabytes", megabytes)
	}
	p.log.Info("building", values...)
}

func (p *progress) draw(now build.Progress) {
	if p.bar == nil || now.Phase != p.phase {
		p.clear()
		total := int64(-1) // a spinner: the total is unknown
		if now.Total > 0 {
			total = int64(now.Total)
		}
		p.phase = now.Phase
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetDescription(now.Phase),
			progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own: each update turns it
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
			progressbar.OptionFullWidth())
	}
	_ = p.bar.Set(now.Done) // a progress bar that can't be drawn must not stop the build
}

// report writes a notice and clears the bar before it.
func (p *progress) report(n notice) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	n.write(p.w, p.log, p.asJSON)
}

// done removes the bar.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	p.bar = nil
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
