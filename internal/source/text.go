package source

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"

	"xunwen/internal/source/charset"
	"xunwen/internal/source/page"
	"xunwen/internal/source/plain"
	"xunwen/internal/textnorm"
)

// text reads an input as plain text with one or many articles. whole reports that the beginning
// that was looked at is all of it.
func (r *fileReader) text(ctx context.Context, s *stream, whole bool) error {
	if whole {
		head, _ := s.head()
		sniffed := sniffer{raw: head, whole: true, opts: &r.opts}
		if plain.Detect(sniffed.decoded(), true, r.oneEach()) != plain.Labelled {
			return r.oneText(ctx, s)
		}
	}
	text := charset.NewStream(s.Reader, r.opts.Encoding)
	return r.records(ctx, s, plain.Read(text, r.fields()), pathMetadata{})
}

// oneText reads a text that is one article.
func (r *fileReader) oneText(ctx context.Context, s *stream) error {
	text, reason, line := r.wholeText(s, maxText, "an article has less text; split it")
	if err := ctx.Err(); err != nil {
		return err
	}
	if reason != "" {
		return r.reject(line, reason)
	}
	path := filepath.ToSlash(strings.ReplaceAll(r.in.Path, insideMark, "/"))
	a := plain.One(text, titleInName(nameStem(lastPart(path))), page.IsByline)
	if folder := lastPart(strings.TrimSuffix(path, "/"+lastPart(path))); isCategory(folder) {
		a.PageName = folder
	}
	return r.deliver(&a, r.pathMetadata(), 1)
}

var (
	category = regexp.MustCompile(`^\p{Han}{2,6}$`)
	paper    = regexp.MustCompile(`[报報刊社网網版页頁]$`)
)

// isCategory reports whether the name of a folder can be that of a part of a paper, and not of a
// paper itself, whose files are pages.
func isCategory(folder string) bool {
	return category.MatchString(folder) && !paper.MatchString(folder)
}

// A day, perhaps with a time, before or after a title in the name of a file.
var dayAndRest = regexp.MustCompile(
	`^\d{4}[-._年]?\d{1,2}[-._月]?\d{1,2}日?(?:[ T_]?\d{1,2}[:：_-]?\d{2}(?:[:：_-]?\d{2})?)?[-_@ 　.]*(.*)$`)

// titleInName returns the title that follows a day in the name of a file, "" if there is none.
func titleInName(stem string) string {
	m := dayAndRest.FindStringSubmatch(stem)
	if m == nil {
		return ""
	}
	const least = 4
	han := 0
	for _, c := range m[1] {
		if textnorm.IsHan(c) {
			han++
		}
	}
	if han < least || strings.HasSuffix(m[1], "版") {
		return ""
	}
	return strings.TrimSpace(m[1])
}
