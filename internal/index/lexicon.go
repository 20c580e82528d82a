package index

import (
	"errors"
	"fmt"
	"os"

	"xunwen/internal/suggest"
)

// LexiconFile has the words and character pairs of a generation with their
// counts (package suggest). Counting them takes seconds, reading the file about
// 20 ms.
const LexiconFile = "lexicon.bin"

// ReadLexicon reads LexiconFile at path.
func ReadLexicon(path string) (*suggest.Lexicon, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	lexicon, err := suggest.Read(f)
	if err != nil {
		err = fmt.Errorf("%s: %w", LexiconFile, err)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return lexicon, nil
}
