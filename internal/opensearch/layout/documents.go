package layout

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// Article is an article of an index with what was computed for it.
type Article struct {
	news.Article
	Number int    // in the index; articles with the same score and day come in this order
	Group  string // of its near-duplicates; "" for none

	Earlier int // root documents of an earlier version that the index has under this number
}

// Member returns the number of one of its root documents, by which equal hits are ordered.
func (a *Article) Member(item int) int64 { return int64(a.Number)*MaxItems + int64(item) }

// Digest returns a digest of what its root documents are made from, except for its number and the dictionaries.
func (a *Article) Digest() (int64, error) {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(&a.Article); err != nil {
		return 0, err
	}
	hash.Write([]byte(a.Group))
	return int64(binary.BigEndian.Uint64(hash.Sum(nil))), nil
}

// root is a root document: an article, or one item of a round-up.
type root struct {
	Article     string        `json:"article"`
	Member      int64         `json:"member"`
	Items       int           `json:"items"`
	First       bool          `json:"first,omitempty"`
	AllWords    string        `json:"all_w,omitempty"`
	Group       string        `json:"group,omitempty"`
	Collapse    string        `json:"collapse,omitempty"`
	Digest      int64         `json:"digest"`
	Date        string        `json:"date,omitempty"`
	Day         int32         `json:"day"`
	Characters  int           `json:"characters"`
	BylineNames []string      `json:"byline_names,omitempty"`
	Names       []string      `json:"names,omitempty"`
	Words       string        `json:"words,omitempty"`
	TitleWords  string        `json:"title_w,omitempty"`
	Title       textStreams   `json:"title"`
	Own         []paragraph   `json:"p,omitempty"`
	Others      []paragraph   `json:"q,omitempty"`
	Record      *news.Article `json:"record"` // but for the first item without texts

	Publication string `json:"publication,omitempty"`
	Source      string `json:"source,omitempty"`
	Page        string `json:"page,omitempty"`
	PageName    string `json:"page_name,omitempty"`
	Byline      string `json:"byline,omitempty"`

	PublicationKey string `json:"publication_key,omitempty"`
	SourceKey      string `json:"source_key,omitempty"`
	PageKey        string `json:"page_key,omitempty"`
	PageNameKey    string `json:"page_name_key,omitempty"`
	BylineKey      string `json:"byline_key,omitempty"`
}

// paragraph is a nested document.
type paragraph struct {
	Kind       string      `json:"kind,omitempty"`
	Section    string      `json:"section,omitempty"`
	SectionKey string      `json:"section_key,omitempty"`
	Lead       bool        `json:"lead,omitempty"`
	Text       textStreams `json:"text,omitzero"`
	Heading    textStreams `json:"heading,omitzero"`
	Words      string      `json:"w,omitempty"`

	counted string // its words as often as they count
	grams   uint32
}

// MaxItems bounds the items of an article.
const MaxItems = 1 << 20

// RootsOf returns the root documents of an article.
func RootsOf(words *analyzer.Analyzer, a *Article) ([]root, error) {
	all, err := headOf(words, a)
	if err != nil {
		return nil, err
	}
	var head strings.Builder // its words as often as they count
	seen := map[string]bool{}
	for _, text := range []string{a.Title, a.Kicker, a.Subtitle} {
		folded := words.FoldString(text)
		all.Title.add(folded)
		addWords(words, folded, 0, &head, seen, &all.TitleWords)
	}
	paragraphs, lengths := paragraphsOf(words, &a.Article), []uint32{0}
	for _, p := range paragraphs {
		lengths = append(lengths, p.grams)
	}
	starts := engine.Items(&a.Article, lengths, words.FoldString)
	if len(starts) > 0 {
		return itemsOf(&all, a, head.String(), paragraphs, starts), nil
	}
	all.Own, all.First = paragraphs, true
	all.Words = head.String() + countedIn(paragraphs)
	return []root{all}, nil
}

// headOf returns what the root documents of an article have in common, but for its headings.
func headOf(words *analyzer.Analyzer, a *Article) (root, error) {
	digest, err := a.Digest()
	if err != nil {
		return root{}, err
	}
	out := root{
		Article: a.ID, Member: a.Member(0), Items: 1, Group: a.Group, Collapse: a.Group,
		Digest: digest, Date: a.Date, Day: engine.Day(a.Date), Characters: a.Characters(),
		BylineNames: engine.BylineNames(words, a.Byline), Record: &a.Article,
		Publication: a.Publication, Source: a.Source, Page: a.Page, PageName: a.PageName, Byline: a.Byline,
		PublicationKey: ValueKey(words, a.Publication), SourceKey: ValueKey(words, a.Source),
		PageKey: news.PageNumber(ValueKey(words, a.Page)), PageNameKey: ValueKey(words, a.PageName),
		BylineKey: ValueKey(words, a.Byline),
	}
	for _, name := range []string{a.Publication, a.Source} {
		if key := engine.NameKey(words, name); key != "" {
			out.Names = append(out.Names, key)
		}
	}
	return out, nil
}

// itemsOf returns the root documents of a round-up, whose items start at some of its documents.
func itemsOf(all *root, a *Article, head string, paragraphs []paragraph, starts []uint32) []root {
	out := make([]root, len(starts))
	outline := outlineOf(&a.Article)
	for i, start := range starts {
		end := len(paragraphs) + 1
		if i+1 < len(starts) {
			end = int(starts[i+1])
		}
		item := *all
		item.Member, item.Items = a.Member(i), len(starts)
		if item.Collapse == "" {
			item.Collapse = a.ID
		}
		item.Own = paragraphs[start-1 : end-1]
		item.Others = othersOf(paragraphs[:start-1], paragraphs[end-1:])
		item.Words = head + countedIn(item.Own)
		if i > 0 {
			item.Record = outline
		} else {
			item.First, item.AllWords = true, head+countedIn(paragraphs)
		}
		out[i] = item
	}
	return out
}

// outlineOf returns an article without the texts of its paragraphs.
func outlineOf(a *news.Article) *news.Article {
	out := *a
	out.Paragraphs = slices.Clone(a.Paragraphs)
	for i := range out.Paragraphs {
		out.Paragraphs[i].Text = ""
	}
	return &out
}

// boostedRunes is how many characters of an article's text count twice, as in package document.
const boostedRunes = 200

func paragraphsOf(words *analyzer.Analyzer, a *news.Article) []paragraph {
	out := make([]paragraph, len(a.Paragraphs))
	lead := engine.LeadParagraph(a)
	boosted := boostedRunes
	for i := range a.Paragraphs {
		from := &a.Paragraphs[i]
		p := &out[i]
		*p = paragraph{
			Kind: string(from.Kind), Lead: i+1 == lead,
			Section: from.Section, SectionKey: ValueKey(words, from.Section),
		}
		own := 0
		if boosted > 0 && (from.Kind == news.Body || from.Kind == "") {
			own = boosted
			boosted -= min(boosted, utf8.RuneCountInString(from.Text))
		}
		folded := words.FoldString(from.Text)
		p.Text.add(folded)
		p.Heading.add(words.FoldString(from.Section))
		var counted strings.Builder
		addWords(words, folded, len(textnorm.First(folded, own)), &counted, map[string]bool{}, &p.Words)
		p.counted = counted.String()
		analyzer.EachGram(folded, func(analyzer.Token) { p.grams++ })
	}
	return out
}

// othersOf returns the paragraphs before and after an item without what no query of them needs. Queries ask only
// whether any of them has a text or heading, or words with letters or digits.
func othersOf(before, after []paragraph) []paragraph {
	out := slices.Concat(before, after)
	headings := map[string]bool{}
	for i := range out {
		p := &out[i]
		if headings[p.Section] {
			p.Heading = textStreams{}
		}
		headings[p.Section] = true
		p.Section, p.Words = "", mixedWords(p.Words)
	}
	return out
}

// mixedWords returns the words that don't consist of Han characters.
func mixedWords(words string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(words), IsHan), " ")
}

func countedIn(paragraphs []paragraph) string {
	var out strings.Builder
	for _, p := range paragraphs {
		out.WriteString(p.counted)
	}
	return out.String()
}

// addWords adds the words of a folded text: as often as they count, twice before byte boosted, and each once.
func addWords(
	words *analyzer.Analyzer, folded string, boosted int, counted *strings.Builder, seen map[string]bool, once *string,
) {
	var all strings.Builder
	all.WriteString(*once)
	words.EachJoinedWord(folded, textnorm.Join(folded), func(t analyzer.Token, _ bool) {
		term := wordTerm(t.Term)
		if !seen[term] {
			seen[term] = true
			all.WriteString(" " + term)
		}
		counted.WriteString(" " + term)
		if t.Start < boosted {
			counted.WriteString(" " + term)
		}
	})
	*once = all.String()
}

// wordTerm returns the token of a word. A word with joiners in a text is the same as without.
func wordTerm(word string) string {
	rest, _ := strings.CutPrefix(word, analyzer.JointPrefix)
	return Token(rest)
}

// ValueKey returns the normal form of a value, and one without a normal form itself.
func ValueKey(words *analyzer.Analyzer, value string) string {
	if folded := words.FoldString(value); folded != "" {
		return folded
	}
	return value
}

// Encode returns a root document as JSON.
func (r *root) Encode() ([]byte, error) { return json.Marshal(r) }

// MemberID is the id of a root document in the cluster.
func MemberID(member int64) string { return strconv.FormatInt(member, 10) }
