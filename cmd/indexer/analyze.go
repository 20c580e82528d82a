package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"xunwen/internal/analyzer"
	"xunwen/internal/index"
	"xunwen/internal/textnorm"
)

func newAnalyze(std *streams) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "analyze [--index FOLDER] TEXT",
		Short: "Show how the analyzer folds and segments a text",
		Long: "analyze prints the normal form of a text and its terms: the words that are indexed, the words that a\n" +
			"query is segmented into, its synonyms and numbers, the grams, and the joint grams, by which words are\n" +
			"found across signs and in parts of runs. With --index it uses the dictionaries and synonyms of that\n" +
			"index, else the built-in ones. Offsets are in characters of the normal form.",
		Args: atLeastOne("TEXT"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := openAnalyzer(dir)
			if err != nil {
				return err
			}
			defer a.Close()
			return newAnalyzed(a, strings.Join(args, " ")).print(std)
		},
	}
	cmd.Flags().StringVar(&dir, "index", "", "folder of an index, e.g. indexes/news")
	return cmd
}

// openAnalyzer opens the analyzer of an index, or the built-in one.
func openAnalyzer(indexDir string) (*analyzer.Analyzer, error) {
	if indexDir != "" {
		dir, err := index.CurrentAnalyzerDir(indexDir)
		if err != nil {
			return nil, indexError(indexDir, err)
		}
		return analyzer.Open(dir)
	}
	dir, err := os.MkdirTemp("", "xunwen-analyzer-")
	if err != nil {
		return nil, fmt.Errorf("creating a folder for the dictionaries: %w", err)
	}
	defer os.RemoveAll(dir) // the analyzer has read all of it
	if err := analyzer.Install(dir, ""); err != nil {
		return nil, err
	}
	return analyzer.Open(dir)
}

// analyzedQuery is a text as a query: joined, with what it is segmented into.
type analyzedQuery struct {
	textnorm.Joined
	tokens []analyzer.Token
}

// synonyms returns the synonyms of a query as tokens, each with the offsets of the part
// that it replaces, or the other ways to write its numbers.
func (q analyzedQuery) synonyms(a *analyzer.Analyzer, numerals bool) []analyzer.Token {
	var out []analyzer.Token
	for _, s := range a.Synonyms(q.Text, q.tokens) {
		if s.Numeral == numerals {
			out = append(out, analyzer.Token{Term: s.Word, Start: s.Start, End: s.End})
		}
	}
	return q.inFolded(out)
}

// inFolded returns tokens with their offsets in the folded text.
func (q analyzedQuery) inFolded(tokens []analyzer.Token) []analyzer.Token {
	out := slices.Clone(tokens)
	for i, t := range out {
		out[i].Start, out[i].End = q.Span(t.Start, t.End)
	}
	return out
}

// jointGrams returns the joint grams of a folded text as words have them.
func jointGrams(folded string) []analyzer.Token {
	var out []analyzer.Token
	analyzer.EachJointGram(folded, func(t analyzer.Token) {
		t.Term = strings.TrimPrefix(t.Term, analyzer.JointPrefix)
		out = append(out, t)
	})
	return out
}

// analyzed is what the analyzer makes of a text.
type analyzed struct {
	Folded   string         `json:"folded"`
	Analyzer string         `json:"analyzer"`
	Terms    []analyzedTerm `json:"terms"`
}

type analyzedTerm struct {
	Channel  string `json:"channel"`
	From     int    `json:"from"` // in characters of Folded
	To       int    `json:"to"`
	Term     string `json:"term"`
	StopWord bool   `json:"stop_word,omitempty"`
}

func newAnalyzed(a *analyzer.Analyzer, text string) analyzed {
	folded := a.FoldString(text)
	query := analyzedQuery{Joined: textnorm.Join(folded)}
	query.tokens = a.Segment(query.Text)
	isJoint := func(t analyzer.Token) bool { return analyzer.IsJoint(t.Term) }
	out := analyzed{Folded: folded, Analyzer: a.Fingerprint(), Terms: []analyzedTerm{}}
	for _, channel := range []struct {
		name   string
		tokens []analyzer.Token
	}{
		{"words", slices.DeleteFunc(a.Words(folded), isJoint)},
		{"query", query.inFolded(query.tokens)},
		{"synonym", query.synonyms(a, false)},
		{"numeral", query.synonyms(a, true)},
		{"grams", analyzer.Grams(folded)},
		{"joint", jointGrams(folded)},
	} {
		for _, token := range channel.tokens {
			from := utf8.RuneCountInString(folded[:token.Start])
			to := from + utf8.RuneCountInString(folded[token.Start:token.End])
			out.Terms = append(out.Terms, analyzedTerm{channel.name, from, to, token.Term, a.IsStopWord(token.Term)})
		}
	}
	return out
}

func (a analyzed) print(std *streams) error {
	if std.json {
		return json.NewEncoder(std.out).Encode(a)
	}
	fmt.Fprintf(std.out, "folded: %s\nanalyzer: %s\n", a.Folded, a.Analyzer)
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "channel\tfrom\tto\tterm")
	for _, term := range a.Terms {
		note := ""
		if term.StopWord {
			note = "\tstop word"
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%s%s\n", term.Channel, term.From, term.To, term.Term, note)
	}
	return t.Flush()
}
