package examples

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// sample is the part of the archive that examples are made from.
type sample struct {
	articles []news.Article // the newest first; Title is another heading if there is no title
	words    []titleWord    // from their titles, the best example first
	runs     []string       // letters and digits, such as C919
}

// titleWord is a word of the index that is in a title.
type titleWord struct {
	text   string
	titles int // number of titles that contain it
	count  int // number of texts of the index that contain it
}

// readSample takes words from the newest articles.
func (f *finder) readSample(ctx context.Context) (sample, error) {
	resp, err := f.search(ctx, search.Request{
		By: search.ByArticle, Sort: search.Newest, Size: sampledArticles, NoHighlights: true, Internal: true})
	if err != nil {
		return sample{}, err
	}
	var s sample
	for _, h := range resp.Hits {
		a := h.Article
		a.Title = cmp.Or(a.Title, a.Kicker, a.Subtitle, h.Opening)
		s.articles = append(s.articles, a)
	}
	if s.words, err = f.titleWords(ctx, s.articles); err != nil {
		return sample{}, err
	}
	s.runs, err = f.latinRuns(ctx, s.articles)
	return s, err
}

// titleWords splits titles into words of the index. Words in several titles come
// first: they are topics of the day. Of those, longer words come first, since they
// are more often names.
func (f *finder) titleWords(ctx context.Context, articles []news.Article) ([]titleWord, error) {
	found := map[string]int{} // with their counts
	budget := maxCompletions
	for _, a := range articles {
		for text := a.Title; text != "" && budget > 0; budget-- {
			word, err := f.wordAt(ctx, text)
			if err != nil {
				return nil, err
			}
			if word.Text == "" {
				_, n := utf8.DecodeRuneInString(text)
				text = text[n:]
				continue
			}
			found[word.Text] = word.Count
			text = text[len(word.Text):]
		}
	}
	var words []titleWord
	for text, count := range found {
		w := titleWord{text: text, count: count}
		for _, a := range articles {
			if strings.Contains(a.Title, text) {
				w.titles++
			}
		}
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b titleWord) int {
		return cmp.Or(
			cmp.Compare(min(b.titles, manyTitles), min(a.titles, manyTitles)),
			cmp.Compare(len(b.text), len(a.text)),
			cmp.Compare(b.titles, a.titles),
			cmp.Compare(b.count, a.count),
			cmp.Compare(a.text, b.text))
	})
	return words, nil
}

// manyTitles is how many titles make a word a topic. Beyond that, the length of the
// word decides.
const manyTitles = 3

// wordAt returns the longest word of the index that a text begins with. Words
// are folded, so one in other characters than the index's is not found.
func (f *finder) wordAt(ctx context.Context, text string) (search.Completion, error) {
	const (
		prefixRunes = 2
		most        = 20 // of the words with this prefix
	)
	end := 0
	for range prefixRunes {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !unicode.Is(unicode.Han, r) {
			return search.Completion{}, nil
		}
		end += n
	}
	found, err := f.engine.Complete(ctx, search.CompletionRequest{Text: text[:end], Size: most})
	if err != nil {
		return search.Completion{}, err
	}
	var best search.Completion
	for _, c := range found {
		if strings.HasPrefix(text, c.Text) && len(c.Text) > len(best.Text) {
			best = c
		}
	}
	return best, nil
}

// readArticles is how many articles are read to find letters and digits.
const readArticles = 24

// sampledBytes is how much of the text of each is read.
const sampledBytes = 16 << 10

// latinRuns returns runs of letters and digits, the best example first. They are from
// headings, or if those have no letters also from the texts of the newest articles.
func (f *finder) latinRuns(ctx context.Context, articles []news.Article) ([]string, error) {
	var runs []string
	for _, a := range articles {
		runs = appendRuns(runs, a.Title, a.Kicker, a.Subtitle)
	}
	for _, a := range articles[:min(len(articles), readArticles)] {
		if len(runs) > 0 && hasLetter(runs[0]) {
			break
		}
		if f.searches--; f.searches < 0 {
			break
		}
		marked, err := f.engine.Article(ctx, search.ArticleRequest{ID: a.ID, Bytes: sampledBytes})
		if err != nil {
			return nil, err
		}
		for _, p := range marked.Article.Paragraphs {
			runs = appendRuns(runs, p.Text)
		}
		sortRuns(runs)
	}
	sortRuns(runs)
	return slices.Compact(runs), nil
}

const minRun = 3 // characters of a run whose beginning makes an example

// appendRuns appends the runs of ASCII letters and digits in texts.
func appendRuns(runs []string, texts ...string) []string {
	for _, text := range texts {
		for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !isASCIIAlphanumeric(r) }) {
			if len(run) >= minRun && len(run) <= maxRun {
				runs = append(runs, run)
			}
		}
	}
	return runs
}

const maxRun = 12 // characters; longer ones are addresses and accidents

func isASCIIAlphanumeric(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func hasLetter(run string) bool { return strings.ContainsFunc(run, unicode.IsLetter) }

func hasDigit(run string) bool { return strings.ContainsFunc(run, unicode.IsDigit) }

// sortRuns puts names such as C919 first, then words, then numbers.
func sortRuns(runs []string) {
	rank := func(run string) int {
		switch {
		case hasLetter(run) && hasDigit(run):
			return 0
		case hasLetter(run):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(runs, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
}
