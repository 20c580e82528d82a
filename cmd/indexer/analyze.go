package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"xunwen/internal/analyzer"
	"xunwen/internal/index"
)

func newAnalyze(std *streams) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "analyze [--index FOLDER] TEXT",
		Short: "Show how the analyzer folds and segments a text",
		Long: "analyze prints a text folded (width, case, traditional to simplified) and its terms: the words that\n" +
			"are indexed, the words that a query is segmented into, its synonyms and numbers, and the grams. With\n" +
			"--index it uses the dictionaries and synonyms of that index, else the built-in ones. Offsets are in\n" +
			"characters of the folded text.",
		Args: atLeastOne("TEXT"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := openAnalyzer(dir)
			if err != nil {
				return err
			}
			defer a.Close()
			return printTerms(std, a, strings.Join(args, " "))
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

// synonyms returns the synonyms of a text as tokens, each with the offsets of the
// part that it replaces, or the other ways to write its numbers.
func synonyms(a *analyzer.Analyzer, folded string, query []analyzer.Token, numerals bool) []analyzer.Token {
	var out []analyzer.Token
	for _, s := range a.Synonyms(folded, query) {
		if s.Numeral == numerals {
			out = append(out, analyzer.Token{Term: s.Word, Start: s.Start, End: s.End})
		}
	}
	return out
}

func printTerms(std *streams, a *analyzer.Analyzer, text string) error {
	folded := a.FoldString(text)
	query := a.Segment(folded)
	fmt.Fprintf(std.out, "folded: %s\nanalyzer: %s\n", folded, a.Fingerprint())
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "channel\tfrom\tto\tterm")
	for _, channel := range []struct {
		name   string
		tokens []analyzer.Token
	}{
		{"words", a.Words(folded)},
		{"query", query},
		{"synonym", synonyms(a, folded, query, false)},
		{"numeral", synonyms(a, folded, query, true)},
		{"grams", analyzer.Grams(folded)},
	} {
		for _, token := range channel.tokens {
			from := utf8.RuneCountInString(folded[:token.Start])
			to := from + utf8.RuneCountInString(folded[token.Start:token.End])
			note := ""
			if a.IsStopWord(token.Term) {
				note = "\tstop word"
			}
			fmt.Fprintf(t, "%s\t%d\t%d\t%s%s\n", channel.name, from, to, token.Term, note)
		}
	}
	return t.Flush()
}
