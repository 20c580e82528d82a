package archtest

import (
	"go/scanner"
	"go/token"
	"strings"
	"testing"
	"unicode/utf8"
)

// The longest lines, in columns. A tab counts four.
const (
	goColumns       = 120
	markdownColumns = 100
	tabColumns      = 4
)

// unbreakable is the length of a word from which on it excuses a long line: a
// string literal, a path or a link that can't be broken.
const unbreakable = 70

func columns(line string) int {
	return utf8.RuneCountInString(line) + (tabColumns-1)*strings.Count(line, "\t")
}

// TestGoLineLength checks that lines of Go fit beside another file on a screen.
func TestGoLineLength(t *testing.T) {
	for _, name := range files(t, ".go") {
		source := text(t, name)
		excused := literalLines([]byte(source))
		for i, line := range strings.Split(source, "\n") {
			if n := columns(line); n > goColumns && !excused[i+1] {
				t.Errorf("%s:%d: %d columns, want %d at most", name, i+1, n, goColumns)
			}
		}
	}
}

// literalLines returns the lines, from 1, with a string literal that is
// unbreakable or goes on over several lines.
func literalLines(source []byte) map[int]bool {
	lines := map[int]bool{}
	set := token.NewFileSet()
	file := set.AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, 0)
	for {
		at, kind, literal := s.Scan()
		if kind == token.EOF {
			return lines
		}
		if kind != token.STRING {
			continue
		}
		first := file.Line(at)
		height := strings.Count(literal, "\n")
		if height == 0 && utf8.RuneCountInString(literal) < unbreakable {
			continue
		}
		for line := first; line <= first+height; line++ {
			lines[line] = true
		}
	}
}

// TestMarkdownLineLength checks that prose is wrapped, so that a change shows as
// few lines. Tables and code are left as they are.
func TestMarkdownLineLength(t *testing.T) {
	for _, name := range files(t, ".md") {
		fenced := false
		for i, line := range strings.Split(text(t, name), "\n") {
			trimmed := strings.TrimSpace(line)
			if strings.HasPrefix(trimmed, "```") {
				fenced = !fenced
			}
			if fenced || strings.HasPrefix(trimmed, "|") || strings.HasPrefix(trimmed, "![") ||
				strings.HasPrefix(line, "    ") || hasUnbreakable(trimmed) {
				continue
			}
			if n := columns(line); n > markdownColumns {
				t.Errorf("%s:%d: %d columns, want %d at most", name, i+1, n, markdownColumns)
			}
		}
	}
}

func hasUnbreakable(line string) bool {
	for word := range strings.FieldsSeq(line) {
		if utf8.RuneCountInString(word) >= unbreakable {
			return true
		}
	}
	return false
}
