package index

import "xunwen/internal/news"

// Size is how much text articles have.
type Size struct {
	Text       int64 // bytes of titles, kickers, subtitles and paragraphs
	Paragraphs int
}

// Add adds o to s.
func (s *Size) Add(o Size) { s.Text, s.Paragraphs = s.Text+o.Text, s.Paragraphs+o.Paragraphs }

// Subtract subtracts o from s.
func (s *Size) Subtract(o Size) { s.Text, s.Paragraphs = s.Text-o.Text, s.Paragraphs-o.Paragraphs }

// SizeOf returns the size of one article.
func SizeOf(a *news.Article) Size {
	s := Size{int64(len(a.Title) + len(a.Kicker) + len(a.Subtitle)), len(a.Paragraphs)}
	for _, p := range a.Paragraphs {
		s.Text += int64(len(p.Text))
	}
	return s
}
