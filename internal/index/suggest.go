package index

import (
	"fmt"
	"os"

	"xunwen/internal/analyzer"
	"xunwen/internal/suggest"
)

// suggester helps who types, by one generation's lexicon.
type suggester struct {
	speller   *suggest.Speller
	completer *suggest.Completer
}

func openSuggester(path string, words *analyzer.Analyzer) (*suggester, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // read only
	lexicon, err := suggest.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", lexiconFile, err)
	}
	completer := suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord)
	return &suggester{suggest.NewSpeller(completer), completer}, nil
}
