package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"xunwen/internal/build"
)

func TestRejectsStandApartFromTheBar(t *testing.T) {
	var screen bytes.Buffer
	p := newProgress(&screen, slog.New(slog.DiscardHandler), false)
	p.onTerm = true
	p.update(build.Progress{Phase: "read", Done: 1})
	p.report(notice{line: "p05.txt:1: bad"})
	p.update(build.Progress{Phase: "index", Done: 1, Total: 2})
	p.update(build.Progress{Phase: "index", Done: 2, Total: 2})
	p.done()
	lines := strings.Split(screen.String(), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines on the screen, want the reject's and the last one: %q", len(lines), lines)
	}
	for i, want := range []string{"p05.txt:1: bad", ""} {
		if got := visible(lines[i]); got != want {
			t.Errorf("line %d reads %q at the end, want %q", i, got, want)
		}
	}
	for _, phase := range []string{"read", "index"} {
		if !strings.Contains(screen.String(), phase) {
			t.Errorf("the bar never showed %q: %q", phase, screen.String())
		}
	}
}

// visible returns what a terminal shows of a line with carriage returns.
func visible(line string) string {
	var cells []rune
	for part := range strings.SplitSeq(line, "\r") {
		for i, r := range []rune(part) {
			cells = append(cells[:min(i, len(cells))], append([]rune{r}, cells[min(i+1, len(cells)):]...)...)
		}
	}
	return strings.TrimRight(string(cells), " ")
}

func TestLogLinesWhereThereIsNoTerminal(t *testing.T) {
	var stderr bytes.Buffer
	p := newProgress(&stderr, slog.New(slog.NewTextHandler(&stderr, nil)), false)
	for i := range 1000 {
		p.update(build.Progress{Phase: "read", Done: i + 1})
	}
	p.update(build.Progress{Phase: "index", Done: 1, Total: 1000})
	if strings.Contains(stderr.String(), "of=0") || strings.Contains(stderr.String(), "megabytes=0") {
		t.Errorf("unknown numbers are logged as 0:\n%s", stderr.String())
	}
	if got := strings.Count(stderr.String(), "\n"); got != 2 {
		t.Errorf("%d lines, want one for each phase:\n%s", got, stderr.String())
	}
}
